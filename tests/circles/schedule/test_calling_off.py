"""Cancelling a meeting, saying that it was not held, and moving it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert, Wording
from alerts.message.wording import sentence
from circles.circle.models import Membership
from circles.log.operations import Answers, note_concern_raised
from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import start_log, take_minutes
from circles.schedule.calling_off_operations import cancel_meeting, move_meeting, note_not_held
from circles.schedule.models import Variation
from circles.schedule.operations import plan_next_meetings
from circles.worklist import work_of
from circles.worklist.tonight import tonight_of
from core.errors import MoveNotAllowed, Refused
from core.worktime import LONDON
from tests.circles.log.writing import save_minutes, send
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]
WHY = Meeting.WhyNot


def coming_meeting(world: World) -> Meeting:
    return world.ely.meetings.filter(planned_at__gt=world.now + timedelta(days=1)).earliest("planned_at")


def cancel(world: World, **changes: object) -> Meeting:
    asked = {"why_not": WHY.LOGISTICS, "words": "The hall is flooded.", "by": world.ann, "at": world.now} | changes
    return cancel_meeting(coming_meeting(world), **asked)  # type: ignore[arg-type]


def say_not_held(world: World, **changes: object) -> Meeting:
    asked = {"why_not": WHY.NOT_ACCEPTABLE, "words": "He did not come.", "by": world.ben, "at": world.now} | changes
    return note_not_held(world.meeting, **asked)  # type: ignore[arg-type]


def people_told(world: World) -> set[str]:
    alerts = Alert.objects.filter(wording=Wording.CALENDAR_CHANGED)
    return {alert.recipient.first_name for alert in alerts}


def test_there_are_exactly_three_classes_of_reason() -> None:
    assert [why.label for why in WHY] == [
        "Core member – acceptable",
        "Core member – not acceptable",
        "Logistics",
    ]


def test_ann_cancels_and_every_volunteer_is_told_in_neutral_words(world: World) -> None:
    cancelled = cancel(world)
    assert (cancelled.status, cancelled.why_not, cancelled.called_off_by) == ("cancelled", "logistics", world.ann)
    assert people_told(world) == {"Ben", "Tom", "Uma", "Vic"}
    assert sentence(Wording.CALENDAR_CHANGED) == "Something in your calendar has changed."
    assert cancelled.revision == 1
    assert world.ely.events.latest("pk").note == "Logistics"


def test_a_cancelled_meeting_needs_no_minutes_and_is_not_planned_again(world: World) -> None:
    cancelled = cancel(world)
    with pytest.raises(Refused, match="called off"):
        start_log(cancelled, by=world.ben, at=cancelled.planned_at)
    with pytest.raises(Refused, match="called off"):
        take_minutes(cancelled, volunteer=Volunteer.objects.get(user=world.tom), by=world.tom, at=world.now)
    later = cancelled.planned_at + timedelta(days=4)
    assert cancelled.get_absolute_url() not in {item.url for item in work_of(world.ann, later)}
    plan_next_meetings(at=world.now + timedelta(days=1))
    assert world.ely.meetings.filter(slot_at=cancelled.slot_at).get() == cancelled


@pytest.mark.parametrize(("why_not", "words", "said"), [("", "x", "three reasons"), ("logistics", " ", "few words")])
def test_a_reason_and_words_are_needed(world: World, why_not: str, words: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        cancel(world, why_not=why_not, words=words)


def test_neither_ben_nor_pat_cancels_elys_meeting(world: World) -> None:
    for person in (world.ben, world.pat):
        with pytest.raises(PermissionDenied):
            cancel(world, by=person)


def test_a_meeting_whose_time_has_come_is_not_cancelled_but_not_held(world: World) -> None:
    with pytest.raises(Refused, match="was not held instead"):
        cancel_meeting(world.meeting, why_not=WHY.LOGISTICS, words="Snow.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="has not happened yet"):
        note_not_held(coming_meeting(world), why_not=WHY.LOGISTICS, words="Snow.", by=world.ann, at=world.now)


def test_a_meeting_is_called_off_once(world: World) -> None:
    cancel(world)
    with pytest.raises(MoveNotAllowed):
        cancel_meeting(
            Meeting.objects.get(status="cancelled"), why_not=WHY.LOGISTICS, words="Again.", by=world.ann, at=world.now
        )


def test_ben_who_takes_the_minutes_says_it_was_not_held_and_nothing_waits_for_him(world: World) -> None:
    assert work_of(world.ben, world.now)
    assert say_not_held(world).status == "not_held"
    assert work_of(world.ben, world.now) == []
    assert work_of(world.ann, world.now + timedelta(days=4)) == []
    assert people_told(world) == {"Ann", "Tom", "Uma", "Vic"}
    card = tonight_of(world.ben, world.now)
    assert card is not None
    assert card.meeting != world.meeting


def test_tom_who_does_not_take_the_minutes_may_not_say_so(world: World) -> None:
    with pytest.raises(PermissionDenied, match="was not held"):
        say_not_held(world, by=world.tom)


def test_a_minute_taker_who_has_left_may_not_say_so(world: World) -> None:
    Membership.objects.filter(circle=world.ely, volunteer__user=world.ben).update(
        left_at=world.now - timedelta(minutes=1), left_by=world.ann
    )
    with pytest.raises(PermissionDenied):
        say_not_held(world)


def test_ben_begins_a_log_and_then_says_it_was_not_held_and_his_words_are_kept(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers={"talked_about": "We waited until eight."}, by=world.ben, at=world.now)
    held = say_not_held(world)
    assert held.minutes.talked_about == "We waited until eight."
    with pytest.raises(Refused, match="not held"):
        save_minutes(held, answers={"talked_about": "Gone"}, by=world.ben, at=world.now)


def test_a_meeting_with_a_worry_that_was_not_sent_cannot_be_marked_not_held(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers={"worry": "now", "worry_words": "x"}, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="must be passed on"):
        say_not_held(world)


def test_a_meeting_whose_minutes_were_sent_cannot_be_marked_not_held(world: World) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(MoveNotAllowed):
        say_not_held(world)


def test_ann_moves_a_meeting_and_it_is_not_planned_again_at_its_old_time(world: World) -> None:
    meeting = coming_meeting(world)
    moved = meeting.planned_at + timedelta(days=1)
    after = move_meeting(meeting, planned_at=moved, place_code="oak", words="Hall in use.", by=world.ann, at=world.now)
    assert (after.planned_at, after.place_code, after.slot_at) == (moved, "OAK", meeting.slot_at)
    assert (after.minute_taker, after.moved_by, after.revision) == (meeting.minute_taker, world.ann, 1)
    variation = Variation.objects.get(circle=world.ely)
    assert (variation.slot_at, variation.moved_to, variation.words) == (meeting.slot_at, moved, "Hall in use.")
    assert people_told(world) == {"Ben", "Tom", "Uma", "Vic"}
    assert plan_next_meetings(at=world.now) == 0
    move_meeting(after, planned_at=moved, place_code="elm", words="", by=world.ann, at=world.now)
    assert Variation.objects.get(circle=world.ely).place_code == "ELM"


def test_a_meeting_cannot_move_to_a_moment_when_it_cannot_be_held(world: World) -> None:
    meeting, place = coming_meeting(world), "ELM"
    a_week_later = meeting.planned_at.astimezone(LONDON) + timedelta(days=7)
    for moment, words in [
        (meeting.planned_at, "where it is now"),
        (world.now - timedelta(days=1), "has passed"),
        (a_week_later, "meets at that moment already"),
        (world.now + timedelta(days=600), "planned to end"),
    ]:
        with pytest.raises(Refused, match=words):
            move_meeting(meeting, planned_at=moment, place_code=place, words="", by=world.ann, at=world.now)


def test_a_meeting_that_has_begun_does_not_move_and_ben_moves_none(world: World) -> None:
    later = world.now + timedelta(days=2)
    with pytest.raises(Refused, match="still to come"):
        move_meeting(world.meeting, planned_at=later, place_code="", words="", by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        move_meeting(coming_meeting(world), planned_at=later, place_code="", words="", by=world.ben, at=world.now)


@pytest.mark.parametrize("changes", [{"status": "cancelled"}, {"why_not": "logistics"}, {"why_not": "weather"}])
def test_the_database_allows_a_reason_only_with_a_state_that_needs_one(world: World, changes: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match="meeting_why_not"), transaction.atomic():
        Meeting.objects.filter(pk=world.meeting.pk).update(**changes)


def test_ann_moves_and_cancels_on_the_pages_and_ben_says_it_was_not_held(world: World, as_person: AsPerson) -> None:
    ann, ben, meeting = as_person(world.ann), as_person(world.ben), coming_meeting(world)
    page = ann.get(meeting.get_absolute_url()).content.decode()
    assert "Move this meeting" in page
    assert "It was not held" not in page
    moved = (meeting.planned_at + timedelta(days=1)).astimezone(LONDON)
    sent = {
        "day_day": moved.day,
        "day_month": moved.month,
        "day_year": moved.year,
        "time": "19:10",
        "place_code": "OAK",
        "words": "Hall in use.",
    }
    assert ann.post(reverse("circles:move", args=[meeting.reference]), sent).url == meeting.get_absolute_url()
    assert "7:10 pm at OAK" in ben.get(meeting.get_absolute_url()).content.decode()
    reason = {"why_not": "cm_acceptable", "words": "He is in hospital."}
    ann.post(reverse("circles:cancel", args=[meeting.reference]), reason)
    page = ben.get(meeting.get_absolute_url()).content.decode()
    assert "Core member – acceptable" in page
    assert "He is in hospital." in page
    assert "I will take the minutes" not in page
    assert "It was not held" in ben.get(world.meeting.get_absolute_url()).content.decode()
    assert "It was not held" not in as_person(world.tom).get(world.meeting.get_absolute_url()).content.decode()
    without_reason = ben.post(reverse("circles:not_held", args=[world.meeting.reference]), {"words": "Nobody came."})
    assert without_reason.status_code == 200
    ben.post(reverse("circles:not_held", args=[world.meeting.reference]), reason)
    assert Meeting.objects.get(pk=world.meeting.pk).status == "not_held"
    assert ben.get(reverse("circles:log", args=[world.meeting.reference])).url == world.meeting.get_absolute_url()


def test_a_cancelled_meeting_is_not_the_circles_last_or_next(world: World, as_person: AsPerson) -> None:
    cancelled = cancel(world)
    shown = as_person(world.ann).get(world.ely.get_absolute_url()).context
    assert shown["turns"][0].planned_at > cancelled.planned_at
    assert shown["health"][0].url == world.meeting.get_absolute_url()


@pytest.mark.parametrize("answer", [{"wellbeing": "plan"}, {"licence": "possible_breach"}])
def test_a_meeting_whose_log_holds_a_danger_cannot_be_marked_not_held_until_it_is_passed_on(
    world: World, answer: Answers
) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers=answer, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="must be passed on"):
        say_not_held(world)
    note_concern_raised(world.meeting, reference="S-7K4QXC", answers=answer, by=world.ben, at=world.now)
    assert say_not_held(world).is_called_off
