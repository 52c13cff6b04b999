"""Safeguarding referrals: by when they are made, when their decision is chased, and from whom they are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from alerts.message.models import Alert
from alerts.message.wording import SENTENCES
from audit.models import Act, Entry
from concerns.referral.clock import chase_moments_of
from concerns.referral.models import SafeguardingReferral
from concerns.referral.operations import chase_referral, decide_not_to_refer, decide_referral, make_referral
from concerns.watch.late_records import tell_of_late
from concerns.watch.sweep import sweep
from concerns.worklist import work_of
from core.errors import MoveNotAllowed, Refused
from core.worktime import LONDON, WorkingTime
from tests.concerns.reading import As, concern_by
from tests.concerns.register.keeping import referral, safeguarding_referral
from tests.owner import let_app_change
from tests.world import World

Status = SafeguardingReferral.Status


def moment_of(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, whose 9th is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=LONDON)


MONDAY_TEN, FRIDAY_FOUR = moment_of(9, 10), moment_of(13, 16)


def write_referral(world: World, **more: Any) -> SafeguardingReferral:
    return referral(world, **{"known_at": MONDAY_TEN, "at": MONDAY_TEN, **more})


def titles(person: object, moment: datetime) -> list[str]:
    return [item.title for item in work_of(person, moment) if "/referrals/" in item.url]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["mash", "lado", "adult"])
def test_a_referral_is_due_one_working_day_from_when_it_was_known(world: World, kind: str) -> None:
    typed_late = write_referral(world, kind=kind, criterion="risk", known_at=FRIDAY_FOUR, at=moment_of(15, 12))
    assert typed_late.due_at == moment_of(16, 16)


def test_the_mash_is_asked_after_a_working_day_48_hours_and_three_working_days() -> None:
    assert chase_moments_of("mash", MONDAY_TEN, WorkingTime()) == [
        moment_of(10, 10),
        moment_of(11, 10),
        moment_of(12, 10),
    ]  # type: ignore[arg-type]
    assert chase_moments_of("adult", MONDAY_TEN, WorkingTime()) == [
        moment_of(10, 10),
        moment_of(11, 10),
        moment_of(12, 10),
    ]  # type: ignore[arg-type]
    assert chase_moments_of("mash", FRIDAY_FOUR, WorkingTime()) == [
        moment_of(15, 16),
        moment_of(16, 16),
        moment_of(18, 16),
    ]  # type: ignore[arg-type]
    assert chase_moments_of("lado", MONDAY_TEN, WorkingTime()) == [moment_of(10, 10), moment_of(12, 10)]  # type: ignore[arg-type]


def test_each_chase_sets_the_next_and_they_never_end(world: World) -> None:
    found = make_referral(write_referral(world), spoken_to="Jan", by=world.fay, at=MONDAY_TEN)
    due = [found.due_at]
    for moment in (moment_of(10, 11), moment_of(11, 11), moment_of(12, 11)):
        due.append(chase_referral(found, spoken_to="Jan.", by=world.fay, at=moment).due_at)
    assert due == [moment_of(10, 10), moment_of(11, 10), moment_of(12, 10), moment_of(17, 11)]


def test_it_waits_for_fay_to_make_and_to_chase_only_once_its_time_has_passed(world: World) -> None:
    found = write_referral(world)
    assert titles(world.fay, MONDAY_TEN) == ["Make the safeguarding referral"]
    found = make_referral(found, spoken_to="Jan", by=world.fay, at=MONDAY_TEN)
    assert titles(world.fay, moment_of(10, 9)) == []
    assert (
        titles(world.fay, moment_of(10, 11))
        == titles(world.hana, moment_of(10, 11))
        == ["Ask what they decided about the referral"]
    )
    assert titles(world.ann, moment_of(10, 11)) == []
    decide_referral(found, decision="accepted", by=world.fay, at=moment_of(10, 11))
    assert titles(world.fay, moment_of(20, 11)) == []


def test_the_sweep_tells_of_a_late_one_once_in_neutral_words(world: World) -> None:
    found = write_referral(world)
    sweep(at=moment_of(10, 9))
    key = f"{found.reference}:late:"
    assert not Alert.objects.filter(key__startswith=key).exists()
    for _ in range(2):
        sweep(at=moment_of(10, 11))
    alerts = Alert.objects.filter(key__startswith=key)
    assert set(alerts.values_list("recipient__first_name", flat=True)) == {"Hana", "Fay"}
    assert all(alert.wording in SENTENCES and alert.wording == "something_needs_you" for alert in alerts)
    assert tell_of_late(at=moment_of(10, 12)) == 0
    assert found.events.filter(what="Its time passed").count() == 1


def test_one_about_fay_is_nothing_to_fay_and_told_to_hana_alone(world: World, as_person: As) -> None:
    found = write_referral(world, kind="lado", criterion="risk", about=world.fay, by=world.hana)
    assert as_person(world.fay).get(found.get_absolute_url()).status_code == 404
    assert titles(world.fay, moment_of(20, 10)) == []
    tell_of_late(at=moment_of(20, 10))
    told = Alert.objects.filter(key__startswith=found.reference).values_list("recipient__first_name", flat=True)
    assert set(told) == {"Hana"}
    with pytest.raises(PermissionDenied):
        make_referral(found, spoken_to="Jan", by=world.fay, at=MONDAY_TEN)


def test_a_referral_from_a_concern_about_fay_keeps_its_bar(world: World) -> None:
    concern = concern_by(world, world.ben, about=world.fay)
    found = referral(world, concern=concern, by=world.hana)
    assert found.about == world.fay
    with pytest.raises(PermissionDenied):
        referral(world, concern=concern, by=world.fay)


def test_the_lado_needs_a_criterion_and_the_mash_keeps_none(world: World) -> None:
    with pytest.raises(Refused, match="criteria") as refusal:
        write_referral(world, kind="lado")
    assert refusal.value.field == "criterion"
    assert write_referral(world, criterion="risk").criterion == ""


@pytest.mark.parametrize(("field", "value"), [("what", " "), ("made_to", " "), ("known_at", moment_of(10, 10))])
def test_what_is_missing_or_still_to_come_is_said_at_its_field(world: World, field: str, value: object) -> None:
    with pytest.raises(Refused) as refusal:
        write_referral(world, **{field: value})
    assert refusal.value.field == field


def test_nobody_starts_one_about_themselves_and_ann_starts_none(world: World) -> None:
    with pytest.raises(Refused, match="about you"):
        write_referral(world, about=world.fay)
    with pytest.raises(PermissionDenied):
        write_referral(world, by=world.ann)


def test_what_is_decided_is_decided_after_it_was_made(world: World) -> None:
    with pytest.raises(MoveNotAllowed):
        decide_referral(write_referral(world), decision="advice", by=world.fay, at=MONDAY_TEN)
    with pytest.raises(Refused, match="nothing to chase"):
        chase_referral(write_referral(world), spoken_to="Jan", by=world.fay, at=MONDAY_TEN)
    with pytest.raises(IntegrityError, match="referral_open_has_a_clock"), transaction.atomic():
        SafeguardingReferral.objects.filter(pk=write_referral(world).pk).update(due_at=None)


def test_deciding_not_to_refer_is_kept_with_its_reason(world: World) -> None:
    with pytest.raises(Refused, match="Say why"):
        decide_not_to_refer(write_referral(world), reason=" ", by=world.fay, at=MONDAY_TEN)
    found = decide_not_to_refer(write_referral(world), reason="The team knows already.", by=world.fay, at=MONDAY_TEN)
    assert (found.status, found.decision_words, found.due_at) == (Status.NOT_REFERRED, "The team knows already.", None)


def test_making_one_is_in_the_trail_as_shared_and_it_is_kept(world: World) -> None:
    let_app_change("concerns_safeguardingreferral")
    found = safeguarding_referral(world)
    entry = Entry.objects.get(reference=found.reference, act=Act.SHARED)
    assert (entry.recipient, entry.within) == ("Jan, on the desk, Cambridgeshire MASH", "")
    with pytest.raises(DatabaseError, match="as they were written"), transaction.atomic():
        SafeguardingReferral.objects.filter(pk=found.pk)._raw_delete("default")


def test_fay_starts_one_from_a_concern_on_the_pages(world: World, as_person: As) -> None:
    concern, fay = concern_by(world, world.ben), as_person(world.fay)
    assert "?concern=" in fay.get(concern.get_absolute_url()).content.decode()
    address = f"/concerns/registers/referrals/start/?concern={concern.reference}"
    assert concern.words in fay.get(address).content.decode()
    typed = {"kind": "mash", "made_to": "MASH", "what": concern.words, "known_at": "2026-01-05T10:00"}
    fay.post(address, typed)
    assert SafeguardingReferral.objects.get().concern == concern


def test_the_register_shows_only_what_was_asked_for(world: World, as_person: As) -> None:
    mash, lado = referral(world), referral(world, kind="lado", criterion="risk")
    page = as_person(world.fay).get("/concerns/registers/referrals/?kind=lado&status=nonsense").content.decode()
    assert lado.reference in page
    assert mash.reference not in page


def test_late_ones_are_counted_for_who_may_see_them(world: World, as_person: As) -> None:
    referral(world, known_at=world.now - timedelta(days=9))
    page = as_person(world.hana).get("/concerns/registers/").content.decode()
    assert "1 past its time" in page
