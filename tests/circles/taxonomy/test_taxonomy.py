"""The tags that minutes are sorted by, and the description of a risk factor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.defaults import load_defaults
from circles.defaults.taxonomy import PROTECTIVE, RISKS, TOPICS
from circles.log.operations import missing_answers_of, submit_minutes
from circles.minutes.operations import approve_minutes
from circles.taxonomy.models import MinutesTag, Tag
from circles.taxonomy.operations import add_tag, rename_tag, restore_tag, retire_tag
from circles.taxonomy.tag_operations import describe_risk
from circles.version.models import MinutesVersion
from core.errors import Refused
from tests.circles.log.writing import save_tags, send, write
from tests.world import World

AsPerson = Callable[[User], Client]


def word(name: str) -> Tag:
    return Tag.objects.get(name=name)


def page(world: World) -> str:
    return reverse("circles:log_page", args=[world.meeting.reference, 3])


def test_the_first_words_are_there_and_loading_again_adds_none(world: World) -> None:
    load_defaults()
    assert Tag.objects.count() == len(TOPICS) + len(PROTECTIVE) + sum(len(names) for names in RISKS.values())
    assert word("Secrecy").group == "self_management"


def test_hana_adds_renames_and_retires_and_nobody_else_does(world: World) -> None:
    tag = add_tag(kind="topic", name="  Allotment  garden ", by=world.hana, at=world.now)
    assert tag.name == "Allotment garden"
    assert rename_tag(tag, name="Garden", by=world.hana, at=world.now).name == "Garden"
    assert retire_tag(tag, by=world.hana, at=world.now).retired_by == world.hana
    assert restore_tag(tag, by=world.hana, at=world.now).retired_at is None
    for somebody in [world.ann, world.ben, world.fay, world.gil]:
        with pytest.raises(PermissionDenied):
            add_tag(kind="topic", name="Boats", by=somebody, at=world.now)
        with pytest.raises(PermissionDenied):
            rename_tag(tag, name="Boats", by=somebody, at=world.now)
        with pytest.raises(PermissionDenied):
            retire_tag(tag, by=somebody, at=world.now)


def test_a_word_is_there_once_whatever_its_capitals(world: World) -> None:
    with pytest.raises(Refused, match="already"):
        add_tag(kind="topic", name="family", by=world.hana, at=world.now)
    retire_tag(word("Family"), by=world.hana, at=world.now)
    with pytest.raises(Refused, match="bring it back"):
        add_tag(kind="topic", name="Family", by=world.hana, at=world.now)
    with pytest.raises(Refused) as refused:
        add_tag(kind="risk", name="Gambling", by=world.hana, at=world.now)
    assert refused.value.field == "group"


def test_a_retired_word_is_not_offered_and_old_minutes_keep_it(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    family, faith = word("Family"), word("Faith")
    save_tags(meeting, kind="topic", tags=[family], by=world.ben, at=world.now)
    for tag in [family, faith]:
        retire_tag(tag, by=world.hana, at=world.now)
    offered = Tag.objects.offered_for(meeting.minutes)
    assert family in offered
    assert faith not in offered
    with pytest.raises(Refused, match="not used any more"):
        save_tags(meeting, kind="topic", tags=[word("Family"), word("Faith")], by=world.ben, at=world.now)


def test_ben_ticks_several_and_unticks_one_and_nothing_typed_is_lost(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    secrecy, grievance = word("Secrecy"), word("Grievance")
    save_tags(meeting, kind="risk", tags=[secrecy, grievance], by=world.ben, at=world.now)
    describe_risk(
        meeting,
        tag=secrecy,
        seen="A second phone.",
        basis="observed",
        opinion="He hides it.",
        by=world.ben,
        at=world.now,
    )
    save_tags(meeting, kind="risk", tags=[], by=world.ben, at=world.now)
    assert not MinutesTag.objects.picked_in(meeting.minutes)
    save_tags(meeting, kind="risk", tags=[secrecy], by=world.ben, at=world.now)
    [again] = MinutesTag.objects.picked_in(meeting.minutes)
    assert (again.seen, again.basis, again.opinion) == ("A second phone.", "observed", "He hides it.")


def test_a_risk_factor_without_what_was_seen_and_its_basis_holds_the_minutes_back(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    secrecy = word("Secrecy")
    save_tags(meeting, kind="risk", tags=[secrecy], by=world.ben, at=world.now)
    for seen, basis in [("", "observed"), ("A second phone.", "")]:
        describe_risk(meeting, tag=secrecy, seen=seen, basis=basis, opinion="", by=world.ben, at=world.now)
        assert [one.field for one in missing_answers_of(meeting)] == ["risks"]
    describe_risk(
        meeting, tag=secrecy, seen="A second phone.", basis="observed", opinion="", by=world.ben, at=world.now
    )
    submit_minutes(meeting, by=world.ben, at=world.now)
    assert MinutesVersion.objects.get().answers["risk"] == ["Secrecy: A second phone.: We saw or heard it ourselves"]


def test_a_factor_that_was_not_picked_is_not_described(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="Pick"):
        describe_risk(meeting, tag=word("Secrecy"), seen="x", basis="", opinion="", by=world.ben, at=world.now)


def test_the_database_keeps_the_tags_of_approved_minutes(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    save_tags(meeting, kind="topic", tags=[word("Family")], by=world.ben, at=world.now)
    approve_minutes(submit_minutes(meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesTag.objects.update(picked=False)
    with pytest.raises(Refused):
        save_tags(meeting, kind="topic", tags=[], by=world.ben, at=world.now)


def test_ben_ticks_on_the_page_and_is_asked_what_was_seen(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    ben, secrecy = as_person(world.ben), word("Secrecy")
    body = ben.get(page(world)).content.decode()
    assert "Self-management" in body
    shown = {"topic-shown": "yes", "risk-shown": "yes", "protective-shown": "yes"}
    ticked = {"his_week": "Quiet.", "risk_seen": "A phone.", "topic": [word("Family").reference], **shown}
    answer = ben.post(page(world), {**ticked, "risk": [secrecy.reference]})
    factors = reverse("circles:log_factors", args=[world.meeting.reference])
    assert answer.url == factors
    given = {"seen": "A second phone.", "basis": "observed", "opinion": "He hides it."}
    answer = ben.post(factors, {f"{secrecy.reference}-{name}": value for name, value in given.items()})
    assert answer.url == reverse("circles:log_page", args=[world.meeting.reference, 4])
    ben.post(reverse("circles:log_check", args=[world.meeting.reference]))
    read = as_person(world.ann).get(world.meeting.get_absolute_url()).content.decode()
    for words in ["Family", "Secrecy", "A second phone.", "We saw or heard it ourselves", "He hides it."]:
        assert words in read


def test_a_page_without_its_boxes_unticks_nothing(world: World, as_person: AsPerson) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    save_tags(meeting, kind="topic", tags=[word("Family")], by=world.ben, at=world.now)
    address = reverse("circles:autosave", args=[meeting.reference])
    as_person(world.ben).post(address, {"page": "3", "his_week": "Quiet."})
    assert MinutesTag.objects.picked_in(meeting.minutes).count() == 1
    as_person(world.ben).post(address, {"page": "3", "topic-shown": "yes"})
    assert MinutesTag.objects.picked_in(meeting.minutes).count() == 0


def test_hana_changes_the_words_on_their_page(world: World, as_person: AsPerson) -> None:
    hana = as_person(world.hana)
    assert "Words for sorting minutes" in hana.get(reverse("circles:circles")).content.decode()
    body = hana.post(reverse("circles:tags"), {"kind": "topic", "name": "Garden", "group": ""}, follow=True)
    assert "Garden" in body.content.decode()
    address = reverse("circles:tag", args=[word("Garden").reference])
    hana.post(address, {"name": "Allotment"})
    assert "already" in hana.post(address, {"name": "Family"}).content.decode()
    hana.post(reverse("circles:retire_tag", args=[word("Allotment").reference]))
    assert word("Allotment").retired_at is not None
    assert "Words for sorting minutes" not in as_person(world.ann).get(reverse("circles:circles")).content.decode()


def test_sent_minutes_keep_the_word_they_were_sent_with(world: World) -> None:
    meeting = write(world.meeting, by=world.ben, at=world.now)
    save_tags(meeting, kind="topic", tags=[word("Family")], by=world.ben, at=world.now)
    submit_minutes(meeting, by=world.ben, at=world.now)
    rename_tag(word("Family"), name="Kin", by=world.hana, at=world.now)
    assert MinutesVersion.objects.get().answers["topic"] == ["Family"]


def test_nothing_ticked_is_the_ordinary_evening(world: World) -> None:
    assert send(world.meeting, by=world.ben, at=world.now).submitted_at == world.now
