"""The 48-hour chain: each rung, once, at its time, and silence once the minutes are in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from circles.late_minutes.models import MinutesStep
from circles.late_minutes.operations import chase_minutes, take_over_minutes
from circles.log.operations import submit_minutes
from circles.meeting.models import Meeting
from circles.membership.operations import end_membership
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.minutes.operations import return_minutes
from circles.schedule.calling_off_operations import cancel_meeting, note_not_held
from circles.worklist import work_of
from core.errors import Refused
from tests.circles.log.writing import save_minutes, send, write
from tests.world import World

SECOND = timedelta(seconds=1)


def people_told(world: World, rung: str) -> set[str]:
    """Who was told at a rung, by first name."""
    alerts = Alert.objects.filter(key=f"{world.meeting.reference}:missing:{rung}")
    return {alert.recipient.first_name for alert in alerts}


@pytest.fixture
def minutes_of_wisbech(world: World) -> None:
    """Wisbech's minutes are in, so that only Ely's are missing."""
    send(world.wisbech.meetings.order_by("planned_at")[0], by=world.dev, at=world.now)


@pytest.mark.parametrize(
    ("rung", "after", "people"),
    [
        ("writer", 24, {"Ben"}),
        ("others", 40, {"Tom", "Uma", "Vic"}),
        ("coordinator", 48, {"Ann"}),
        ("manager", 72, {"Hana"}),
    ],
)
@pytest.mark.usefixtures("minutes_of_wisbech")
def test_each_is_told_at_their_hour_and_not_a_second_before(
    world: World, rung: str, after: int, people: set[str]
) -> None:
    due = world.meeting.over_at + timedelta(hours=after)
    chase_minutes(at=due - SECOND)
    assert people_told(world, rung) == set()
    assert chase_minutes(at=due) == 1
    assert people_told(world, rung) == people


@pytest.mark.usefixtures("minutes_of_wisbech")
def test_nobody_is_told_twice(world: World) -> None:
    assert chase_minutes(at=world.meeting.over_at + timedelta(hours=80)) == 4
    before = Alert.objects.count()
    assert chase_minutes(at=world.meeting.over_at + timedelta(hours=81)) == 0
    assert Alert.objects.count() == before


@pytest.mark.usefixtures("minutes_of_wisbech")
def test_nobody_is_told_once_the_minutes_are_sent(world: World) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    assert chase_minutes(at=world.meeting.over_at + timedelta(hours=80)) == 0


@pytest.mark.usefixtures("minutes_of_wisbech")
def test_a_reminder_that_waits_to_be_sent_is_stopped_by_the_minutes(world: World) -> None:
    at = world.meeting.over_at + timedelta(hours=24)
    chase_minutes(at=at)
    send(world.meeting, by=world.ben, at=at)
    states = Alert.objects.filter(key__contains=":missing:", channel="email").values_list("state", flat=True)
    assert set(states) == {"stopped"}


@pytest.mark.usefixtures("minutes_of_wisbech")
def test_minutes_that_came_back_start_no_new_chain(world: World) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    return_minutes(meeting, reason="Who came late?", by=world.ann, at=world.now)
    assert chase_minutes(at=world.meeting.over_at + timedelta(hours=80)) == 0


@pytest.mark.usefixtures("minutes_of_wisbech")
def test_without_a_writer_who_belongs_every_volunteer_is_reminded(world: World) -> None:
    ben = world.ely.memberships.get(volunteer__user=world.ben)
    end_membership(ben, by=world.ann, at=world.now)
    Meeting.objects.filter(pk=world.meeting.pk).update(minute_taker=ben.volunteer)
    chase_minutes(at=world.meeting.over_at + timedelta(hours=24))
    assert people_told(world, "writer") == {"Tom", "Uma", "Vic"}


@pytest.mark.usefixtures("minutes_of_wisbech")
def test_a_meeting_that_was_not_held_is_chased_by_nobody_and_taken_over_by_nobody(world: World) -> None:
    at = world.meeting.over_at + timedelta(hours=24)
    chase_minutes(at=at)
    off = note_not_held(
        world.meeting, why_not=Meeting.WhyNot.LOGISTICS, words="The hall was locked.", by=world.ann, at=at
    )
    waiting = Alert.objects.filter(key__contains=":missing:", channel="email").values_list("state", flat=True)
    assert set(waiting) == {"stopped"}
    assert chase_minutes(at=world.meeting.over_at + timedelta(hours=80)) == 0
    assert [item for item in work_of(world.tom, at + timedelta(hours=40)) if "Take over" in item.title] == []
    with pytest.raises(Refused, match="not held"):
        take_over_minutes(off, by=world.tom, at=at + timedelta(hours=40))


@pytest.mark.usefixtures("minutes_of_wisbech")
def test_a_cancelled_meeting_is_chased_by_nobody(world: World) -> None:
    Meeting.objects.filter(pk=world.meeting.pk).update(planned_at=world.now + timedelta(days=1, hours=2))
    world.meeting.refresh_from_db()
    cancel_meeting(world.meeting, why_not=Meeting.WhyNot.LOGISTICS, words="A flood.", by=world.ann, at=world.now)
    assert chase_minutes(at=world.meeting.over_at + timedelta(hours=80)) == 0


@pytest.mark.usefixtures("minutes_of_wisbech")
def test_a_coming_meeting_is_not_chased(world: World) -> None:
    assert chase_minutes(at=world.meeting.over_at) == 0
    assert not MinutesStep.objects.exists()


def test_one_meeting_that_cannot_be_told_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Meeting.objects.without_sent_minutes(world.now).order_by("planned_at", "pk").first()
    from_now = world.meeting.over_at + timedelta(hours=24)
    real = MinutesStep.objects.create

    def refuse(**given: object) -> MinutesStep:
        if given["meeting"] == first:
            raise RuntimeError
        return real(**given)

    monkeypatch.setattr(MinutesStep.objects, "create", refuse)
    assert chase_minutes(at=from_now) == 1


def test_tom_takes_over_and_nothing_ben_typed_is_lost(world: World) -> None:
    late = world.meeting.over_at + timedelta(hours=40)
    write(world.meeting, by=world.ben, at=world.now, his_week="Half a paragraph of Ben's")
    before = Minutes.objects.values().get(meeting=world.meeting)
    meeting = take_over_minutes(world.meeting, by=world.tom, at=late)
    assert meeting.minute_taker is not None
    assert meeting.minute_taker.user == world.tom
    assert Minutes.objects.values().get(meeting=world.meeting) == before
    assert Alert.objects.filter(recipient=world.ben, key__contains="taken-over").exists()
    assert submit_minutes(meeting, by=world.tom, at=late).submitted_by == world.tom


def test_what_ben_types_after_the_take_over_is_kept_too(world: World) -> None:
    late = world.meeting.over_at + timedelta(hours=40)
    start_log(world.meeting, by=world.ben, at=world.now)
    take_over_minutes(world.meeting, by=world.tom, at=late)
    save_minutes(world.meeting, answers={"his_week": "Ben on the train."}, by=world.ben, at=late)
    assert Minutes.objects.get(meeting=world.meeting).his_week == "Ben on the train."


def test_minutes_are_not_taken_over_before_forty_hours_nor_after_they_are_sent(world: World) -> None:
    due = world.meeting.over_at + timedelta(hours=40)
    with pytest.raises(Refused, match="too soon"):
        take_over_minutes(world.meeting, by=world.tom, at=due - SECOND)
    with pytest.raises(Refused, match="yours already"):
        take_over_minutes(world.meeting, by=world.ben, at=due)
    send(world.meeting, by=world.ben, at=due)
    with pytest.raises(Refused, match="sent already"):
        take_over_minutes(world.meeting, by=world.tom, at=due)


def test_only_a_volunteer_of_the_circle_takes_over(world: World) -> None:
    for somebody in [world.dev, world.ann, world.hana, world.cas]:
        with pytest.raises(PermissionDenied):
            take_over_minutes(world.meeting, by=somebody, at=world.meeting.over_at + timedelta(hours=41))


def test_the_take_over_waits_for_tom_from_forty_hours(world: World) -> None:
    due = world.meeting.over_at + timedelta(hours=40)
    assert work_of(world.tom, due - SECOND) == []
    [item] = work_of(world.tom, due)
    assert item.title.startswith("Take over the minutes")
    assert item.url == reverse("circles:take_over", args=[world.meeting.reference])
    assert work_of(world.cas, due) == []


def test_tom_takes_over_with_one_button_and_is_in_the_log(world: World, as_person: Callable[[User], Client]) -> None:
    Meeting.objects.filter(pk=world.meeting.pk).update(planned_at=world.now - timedelta(hours=60))
    answer = as_person(world.tom).post(reverse("circles:take_over", args=[world.meeting.reference]))
    assert answer.url == reverse("circles:log", args=[world.meeting.reference])
