"""Low-level concerns: hidden from the person they are about, read together each month, three about one person shown."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.access import Role
from alerts.message.models import Alert
from audit.models import Entry
from concerns.low_level.models import LowLevelConcern, PatternReview, month_before
from concerns.low_level.month import month_due
from concerns.low_level.operations import record_low_level, review_month
from concerns.referral.operations import start_referral
from concerns.watch.late_records import tell_of_late
from concerns.worklist import work_of
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.reading import As
from tests.concerns.register.keeping import low_level
from tests.owner import let_app_change
from tests.page_forms import forms_in
from tests.world import World

NOON = datetime(2026, 3, 11, 12, tzinfo=LONDON)
"""A Wednesday in March: February is over, and was due on the 6th."""

IN_FEBRUARY = NOON - timedelta(days=20)
FEBRUARY = month_before(NOON.date())
READ_TOGETHER = "Read February’s low-level concerns together"
THREE_ABOUT_ONE = "Three low-level concerns about the same person"
REGISTER = "/concerns/registers/low-level/"


def titles(person: object, at: datetime = NOON) -> list[str]:
    return [item.title for item in work_of(person, at) if "/low-level/" in item.url]  # type: ignore[arg-type]


def read_february(world: World, by: str = "fay") -> PatternReview:
    return review_month(month=FEBRUARY, words="Nothing stands out.", by=world.people[by], at=NOON)


@pytest.mark.parametrize("subject", ["hana", "fay"])
def test_hana_and_fay_see_no_concern_about_themselves_and_no_count_of_it(
    world: World, as_person: As, subject: str
) -> None:
    person, other = world.people[subject], world.people["fay" if subject == "hana" else "hana"]
    pages = [REGISTER, f"{REGISTER}month/", "/concerns/registers/", "/"]
    before = [page_without_keys(as_person, person, page) for page in pages]
    work = [item.title for item in work_of(person, world.now)]
    for _ in range(3):
        low_level_concern = low_level(world, about=person, by=other)
    assert [page_without_keys(as_person, person, page) for page in pages] == before
    assert [item.title for item in work_of(person, world.now)] == work
    assert as_person(person).get(low_level_concern.get_absolute_url()).status_code == 404
    referral_form = f"/concerns/registers/referrals/start/?low_level={low_level_concern.reference}"
    assert as_person(person).get(referral_form).status_code == 404
    assert as_person(other).get(low_level_concern.get_absolute_url()).status_code == 200


def page_without_keys(as_person: As, person: object, address: str) -> str:
    """The words of a page, without its form keys, which differ each time."""
    page = as_person(person).get(address).content.decode()  # type: ignore[arg-type]
    return "\n".join(line for line in page[page.index("<main") :].splitlines() if "csrfmiddlewaretoken" not in line)


def test_nobody_but_hana_and_fay_sees_a_low_level_concern(world: World) -> None:
    low_level(world)
    for name, person in world.people.items():
        assert LowLevelConcern.objects.visible_to(person).exists() is (name in {"hana", "fay"}), name


def test_fay_writes_none_about_herself_and_ann_writes_none(world: World) -> None:
    with pytest.raises(Refused, match="about you"):
        low_level(world, about=world.fay)
    with pytest.raises(PermissionDenied):
        low_level(world, by=world.ann)
    low_level_concern = low_level(world)
    own = LowLevelConcern(
        reference="LL-OWN",
        about=world.fay,
        theme="conduct",
        words="-",
        happened_on=low_level_concern.happened_on,
        told_by="-",
        done="-",
        recorded_at=world.now,
        recorded_by=world.fay,
    )
    with pytest.raises(IntegrityError, match="not_recorded_by_whom"), transaction.atomic():
        own.save()


def test_a_low_level_concern_is_never_changed_and_never_deleted(world: World) -> None:
    let_app_change("concerns_lowlevelconcern")
    low_level_concern = low_level(world)
    with pytest.raises(DatabaseError, match="as they were written"), transaction.atomic():
        LowLevelConcern.objects.filter(pk=low_level_concern.pk).update(words="Nothing.")
    with pytest.raises(DatabaseError, match="as they were written"), transaction.atomic():
        LowLevelConcern.objects.filter(pk=low_level_concern.pk)._raw_delete("default")


def test_the_trail_names_the_concern_and_not_the_person_it_is_about(world: World) -> None:
    entry = Entry.objects.get(reference=low_level(world).reference)
    assert (entry.actor, entry.within, entry.recipient, entry.note) == (world.fay, "", "", "")


@pytest.mark.parametrize("missing", ["words", "told_by", "done"])
def test_every_answer_is_needed(world: World, missing: str) -> None:
    with pytest.raises(Refused) as refusal:
        low_level(world, **{missing: " "})
    assert refusal.value.field == missing


def test_a_day_still_to_come_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="still to come"):
        record_low_level(
            about=world.tom,
            theme="conduct",
            words="-",
            told_by="-",
            done="-",
            by=world.fay,
            at=NOON,
            happened_on=NOON.date() + timedelta(days=1),
        )


def test_each_month_waits_for_fay_even_if_it_is_empty(world: World) -> None:
    assert titles(world.fay) == [READ_TOGETHER]
    assert titles(world.hana) == []
    read_february(world)
    assert titles(world.fay) == []
    assert titles(world.fay, NOON + timedelta(days=28)) == ["Read March’s low-level concerns together"]


def test_a_month_is_read_once_and_only_when_it_is_over(world: World) -> None:
    low_level(world, at=IN_FEBRUARY)
    review = read_february(world)
    assert (review.reviewed_by, review.covers.count()) == (world.fay, 1)
    with pytest.raises(Refused, match="read already"):
        read_february(world)
    with pytest.raises(Refused, match="not over yet"):
        review_month(month=NOON.date().replace(day=1), words="Early.", by=world.fay, at=NOON)


def test_a_reading_needs_words(world: World) -> None:
    with pytest.raises(Refused, match="nothing stands out"):
        review_month(month=FEBRUARY, words=" ", by=world.fay, at=NOON)


def test_a_page_of_january_that_fay_sends_in_march_does_not_read_february(world: World, as_person: As) -> None:
    fay, address = as_person(world.fay), reverse("concerns:low_level_month")
    old = {"words": "Nothing stands out.", "month": "2001-01"}
    answer = fay.post(address, old)
    assert "Another month is over" in answer.content.decode()
    assert "Nothing stands out." in answer.content.decode()
    assert not PatternReview.objects.exists()
    assert fay.post(address, forms_in(answer.content.decode())[-1].sends).status_code == 302


def test_hana_reads_the_concerns_about_fay(world: World) -> None:
    low_level(world, at=IN_FEBRUARY)
    about_fay = low_level(world, about=world.fay, by=world.hana, at=IN_FEBRUARY)
    read_february(world)
    assert titles(world.fay) == []
    assert titles(world.hana) == [READ_TOGETHER]
    hanas = read_february(world, by="hana")
    assert list(hanas.covers.all()) == [about_fay]
    assert titles(world.hana) == []
    assert not PatternReview.objects.visible_to(world.fay).contains(hanas)
    assert PatternReview.objects.visible_to(world.hana).contains(hanas)


def test_three_about_the_same_person_are_pointed_out_until_they_are_read(world: World, as_person: As) -> None:
    for days in (0, 30):
        low_level(world, at=IN_FEBRUARY - timedelta(days=days))
    low_level(world, about=world.uma, at=IN_FEBRUARY)
    assert THREE_ABOUT_ONE not in titles(world.fay)
    third = low_level(world, at=IN_FEBRUARY + timedelta(days=1))
    assert THREE_ABOUT_ONE in titles(world.fay)
    assert LowLevelConcern.objects.visible_to(world.fay).pattern_counts(NOON) == {world.tom.pk: 3}
    read_february(world)
    assert THREE_ABOUT_ONE not in titles(world.fay)
    low_level(world)
    page = as_person(world.fay).get(third.get_absolute_url()).content.decode()
    assert "about Tom Quayle in a year" in page


def test_concerns_older_than_a_year_make_no_pattern(world: World) -> None:
    for days in (1, 2, 366):
        low_level(world, at=NOON - timedelta(days=days))
    assert LowLevelConcern.objects.visible_to(world.fay).pattern_counts(NOON) == {}


def test_fay_is_told_once_of_a_month_that_was_not_read_in_five_working_days(world: World) -> None:
    assert month_due(FEBRUARY) == datetime(2026, 3, 6, 17, tzinfo=LONDON)
    tell_of_late(at=NOON)
    assert not Alert.objects.filter(key="low-level:2026-02").exists()
    low_level(world, at=IN_FEBRUARY)
    tell_of_late(at=datetime(2026, 3, 6, 16, tzinfo=LONDON))
    assert not Alert.objects.filter(key="low-level:2026-02").exists()
    assert [tell_of_late(at=NOON) for _ in range(2)] == [1, 0]
    told = Alert.objects.filter(key="low-level:2026-02").values_list("recipient__first_name", "wording", "link")
    assert set(told) == {("Fay", "something_needs_you", "/")}


def test_fay_is_not_told_of_a_month_in_which_all_are_about_her(world: World) -> None:
    low_level(world, about=world.fay, by=world.hana, at=IN_FEBRUARY)
    assert tell_of_late(at=NOON) == 0


def test_a_referral_about_fay_is_hidden_from_fay_too(world: World) -> None:
    low_level_concern = low_level(world, about=world.fay, by=world.hana)
    referral = start_referral(
        kind="lado",
        criterion="risk",
        what="He was alone with a child.",
        made_to="LADO",
        known_at=world.now,
        low_level=low_level_concern,
        by=world.hana,
        at=world.now,
    )
    assert referral.about == world.fay
    assert not type(referral).objects.visible_to(world.fay).exists()
    with pytest.raises(PermissionDenied):
        start_referral(
            kind="mash",
            what="-",
            made_to="-",
            known_at=world.now,
            low_level=low_level_concern,
            by=world.fay,
            at=world.now,
        )


def test_a_person_who_keeps_no_register_gets_no_item(world: World) -> None:
    for person in world.people.values():
        keeps = person.has_role(Role.MANAGER) or person.has_role(Role.SAFEGUARDING_LEAD)
        assert keeps or titles(person) == []
