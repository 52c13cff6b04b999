"""Versions of the minutes are compared, and the data-protection lead corrects them; both versions are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Entry
from circles.log.operations import submit_minutes
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Attendance, Meeting
from circles.minutes.models import Minutes
from circles.minutes.operations import approve_minutes, return_minutes
from circles.minutes.questions import PROMISE, QUESTIONS, Readers
from circles.minutes.readers import may_read_answer
from circles.minutes.sections import correctable_fields
from circles.minutes_share.outer_minutes import sections_for_agencies
from circles.version.correction import corrected_minutes_of
from circles.version.correction_operations import correct_minutes, open_answer
from circles.version.models import MinutesVersion
from circles.version.opening_models import OPEN_FOR, AnswerOpening
from core.errors import Refused
from tests.circles.log.writing import save_attendance, save_minutes, send, write
from tests.circles.version.correcting import open_and_correct
from tests.owner import let_app_change
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]


def address_of(world: World, name: str = "versions") -> str:
    return reverse(f"circles:{name}", args=[world.meeting.reference])


@pytest.fixture
def minutes_sent_twice(world: World) -> Meeting:
    """Ben's minutes, returned and sent again with a changed week, mood, debrief and a late Tom."""
    meeting = send(world.meeting, by=world.ben, at=world.now, his_week="He was calm tonight.")
    return_minutes(meeting, reason="Was he?", by=world.ann, at=world.now)
    tom = Volunteer.objects.get(user=world.tom)
    save_attendance(meeting, volunteer=tom, came=Attendance.Came.LATE, by=world.ben, at=world.now)
    changed = {"his_week": "He was angry tonight.", "mood": "2", "debrief": "We argued in the car."}
    save_minutes(meeting, answers=changed, by=world.ben, at=world.now)  # type: ignore[arg-type]
    return submit_minutes(meeting, by=world.ben, at=world.now)


@pytest.fixture
def approved_minutes(world: World, minutes_sent_twice: Meeting) -> Meeting:
    return approve_minutes(minutes_sent_twice, by=world.ann, at=world.now)


def correct(world: World, meeting: Meeting, **changes: object) -> MinutesVersion:
    given = {"field": "his_week", "words": "He was quiet tonight.", "reason": "He asked for it.", "by": world.jo}
    return open_and_correct(meeting, at=world.now, **{**given, **changes})  # type: ignore[arg-type]


def test_ann_sees_word_by_word_what_ben_mended(world: World, minutes_sent_twice: Meeting, as_person: AsPerson) -> None:
    body = as_person(world.ann).get(address_of(world)).content.decode()
    assert "taken out: </span>calm</del>" in body
    assert "put in: </span>angry</ins>" in body
    assert "Steady" in body
    assert "Tom: late" in body
    assert "argued" in body
    assert "How did you meet?" not in body
    first = (
        as_person(world.ann).get(reverse("circles:version", args=[minutes_sent_twice.reference, 1])).content.decode()
    )
    assert "first sent" in first
    assert (
        as_person(world.ann).get(reverse("circles:version", args=[minutes_sent_twice.reference, 3])).status_code == 404
    )


def test_the_volunteers_see_what_changed_but_not_the_debrief(
    world: World, minutes_sent_twice: Meeting, as_person: AsPerson
) -> None:
    body = as_person(world.tom).get(address_of(world)).content.decode()
    assert "angry" in body
    assert "argued" not in body
    assert as_person(world.cas).get(address_of(world)).status_code == 404
    assert as_person(world.esi).get(address_of(world)).status_code == 404


def test_jo_corrects_and_both_versions_stand(world: World, approved_minutes: Meeting) -> None:
    before = Minutes.objects.values().get(meeting=approved_minutes)
    correct(world, approved_minutes)
    assert Minutes.objects.values().get(meeting=approved_minutes) == before
    kept = MinutesVersion.objects.filter(meeting=approved_minutes).order_by("number")
    assert [(one.number, one.kind, one.answers["his_week"]) for one in kept] == [
        (1, "sent", "He was calm tonight."),
        (2, "sent", "He was angry tonight."),
        (3, "corrected", "He was quiet tonight."),
    ]
    assert Alert.objects.filter(recipient=world.ann, key__contains=":corrected:").exists()
    notes = list(Entry.objects.filter(actor=world.jo, reference=approved_minutes.reference).values_list("act", "note"))
    assert sorted(notes) == [
        ("altered", "minutes corrected, “His week”: He asked for it."),
        ("revealed", "“His week”, to correct it: He asked for it."),
    ]


def test_readers_see_the_corrected_words_and_the_reason(
    world: World, approved_minutes: Meeting, as_person: AsPerson
) -> None:
    correct(world, approved_minutes)
    body = as_person(world.tom).get(approved_minutes.get_absolute_url()).content.decode()
    assert "He was quiet tonight." in body
    assert "He was angry tonight." not in body
    assert "He asked for it." in body
    fresh = Meeting.objects.get(pk=approved_minutes.pk)
    given = [answer.words for section in sections_for_agencies(fresh) for answer in section.answers]
    assert "He was quiet tonight." in given
    assert "He was angry tonight." not in given


def test_a_second_correction_keeps_the_first(world: World, approved_minutes: Meeting) -> None:
    correct(world, approved_minutes)
    assert correct(world, approved_minutes, field="debrief", words="").answers["his_week"] == "He was quiet tonight."


def test_nobody_else_corrects_and_nothing_without_a_reason(world: World, approved_minutes: Meeting) -> None:
    for somebody in [world.ann, world.ben, world.hana, world.fay, world.gil]:
        with pytest.raises(PermissionDenied):
            correct(world, approved_minutes, by=somebody)
    for changes in [{"reason": " "}, {"field": "mood"}, {"words": "He was angry tonight."}, {"words": "x" * 8001}]:
        with pytest.raises(Refused):
            correct(world, approved_minutes, **changes)
    let_app_change("circles_minutesversion")
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.filter(number=1).update(kind="corrected", reason="")


def test_minutes_that_are_not_approved_go_back_to_their_writer_instead(
    world: World, minutes_sent_twice: Meeting
) -> None:
    with pytest.raises(Refused, match="not approved yet"):
        correct(world, minutes_sent_twice)


def test_jo_says_why_before_she_sees_the_answer_and_sees_no_other(
    world: World, approved_minutes: Meeting, as_person: AsPerson
) -> None:
    jo = as_person(world.jo)
    assert jo.get(approved_minutes.get_absolute_url()).status_code == 404
    page, first = address_of(world, "correct"), reverse("circles:version", args=[approved_minutes.reference, 1])
    answer = reverse("circles:correct_answer", args=[approved_minutes.reference, "his_week"])
    assert "Correct an answer" in jo.get(address_of(world)).content.decode()
    for address in (address_of(world), first, page):
        shown = jo.get(address).content.decode()
        assert not any(words in shown for words in ("angry", "calm", "argued", "Steady", "Tom: late")), address
    assert jo.get(answer).url == page  # type: ignore[attr-defined]
    assert jo.post(page, {"field": "his_week", "reason": ""}).status_code == 200
    assert not AnswerOpening.objects.exists()
    assert jo.post(page, {"field": "his_week", "reason": "He asked for it."}).url == answer  # type: ignore[attr-defined]
    shown = jo.get(answer).content.decode()
    assert "He was angry tonight." in shown
    assert "argued" not in shown
    after = jo.post(answer, {"words": "He was quiet."}, follow=True).content.decode()
    assert "put in: </span>quiet" in after
    assert "argued" not in after


def test_the_debrief_is_opened_like_any_answer_and_the_trail_and_ann_know_why(
    world: World, approved_minutes: Meeting, as_person: AsPerson
) -> None:
    jo = as_person(world.jo)
    page = address_of(world, "correct")
    assert "Debrief, volunteers only (written for the coordinator alone)" in jo.get(page).content.decode()
    debrief = jo.post(page, {"field": "debrief", "reason": "A name to erase."}).url  # type: ignore[attr-defined]
    shown = jo.get(debrief).content.decode()
    assert "We argued in the car." in shown
    assert "He was angry tonight." not in shown
    looks = as_person(world.ann).get(reverse("circles:who_looked", args=["C-0142"])).content.decode()
    assert "“Debrief, volunteers only”, to correct it: A name to erase." in looks


def test_what_jo_opened_closes_after_a_day(world: World, approved_minutes: Meeting, as_person: AsPerson) -> None:
    opening = open_answer(approved_minutes, field="debrief", reason="A name.", by=world.jo, at=world.now - OPEN_FOR)
    answer = reverse("circles:correct_answer", args=[approved_minutes.reference, "debrief"])
    assert as_person(world.jo).get(answer).status_code == 302
    with pytest.raises(Refused, match="a day since"):
        correct_minutes(opening, words="We talked.", by=world.jo, at=world.now)


def test_another_who_leads_data_protection_says_why_herself(world: World, approved_minutes: Meeting) -> None:
    opening = open_answer(approved_minutes, field="debrief", reason="A name.", by=world.jo, at=world.now)
    world.gil.groups.set(world.jo.groups.all())
    gil = User.objects.get(pk=world.gil.pk)
    assert not AnswerOpening.objects.visible_to(gil).exists()
    for somebody in (gil, world.fay):
        with pytest.raises(PermissionDenied):
            correct_minutes(opening, words="We talked.", by=somebody, at=world.now)


def test_what_is_written_for_the_coordinator_promises_what_the_one_rule_keeps(
    world: World, approved_minutes: Meeting
) -> None:
    alone = [name for name, question in QUESTIONS.items() if question.readers == Readers.COORDINATOR]
    fields: list[Any] = [Minutes._meta.get_field(name) for name in alone if name in correctable_fields()]
    assert {field.name for field in fields} == {"boundary_words", "debrief"}
    assert all(PROMISE in field.help_text for field in fields)
    jo, ann, tom = (MeetingAccess(person, approved_minutes) for person in (world.jo, world.ann, world.tom))
    for name in QUESTIONS:
        assert may_read_answer(ann, name)
        assert may_read_answer(tom, name) is (name not in alone)
        assert not may_read_answer(jo, name)
        assert may_read_answer(jo, name, opened={name})


def test_the_trail_leads_the_data_protection_lead_to_the_versions(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    jo = as_person(world.jo)
    versions = reverse("circles:versions", args=[world.meeting.reference])
    assert versions in jo.get(reverse("audit:entries")).content.decode()
    assert jo.get(versions).status_code == 200


def test_a_correction_leaves_why_they_came_late_standing(world: World) -> None:
    late = world.meeting.minutes_due_at + timedelta(hours=1)
    meeting = write(world.meeting, by=world.ben, at=late)
    meeting = submit_minutes(meeting, by=world.ben, at=late, late_reason="Written on paper.")
    approve_minutes(meeting, by=world.ann, at=late)
    open_and_correct(meeting, field="his_week", words="He saw S.", reason="A name.", by=world.jo, at=late)
    assert corrected_minutes_of(Meeting.objects.get(pk=meeting.pk)).late_reason == "Written on paper."
