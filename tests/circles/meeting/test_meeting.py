"""Planning meetings, the rota, and opening the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import start_log, take_minutes
from circles.schedule.operations import plan_next_meetings
from circles.tasks import plan_next_meetings as planning_task
from core.errors import Refused
from core.worktime import LONDON
from tests.circles.log.writing import send
from tests.world import World
from volunteers.volunteer.models import Volunteer


def test_planning_twice_plans_once(world: World) -> None:
    plan_next_meetings(at=world.now)
    assert plan_next_meetings(at=world.now) == 0


def test_next_week_brings_another_meeting_for_each_circle(world: World) -> None:
    plan_next_meetings(at=world.now)
    assert plan_next_meetings(at=world.now + timedelta(days=7)) == 2


def test_the_clock_plans_the_same(world: World) -> None:
    planning_task()
    assert planning_task() == 0


def test_meetings_keep_their_hour_when_the_clocks_change(world: World) -> None:
    for week in range(60):
        plan_next_meetings(at=world.now + timedelta(weeks=week))
    hours = {meeting.planned_at.astimezone(LONDON).time() for meeting in world.ely.meetings.all()}
    assert hours == {world.ely.meets_at}


def test_no_meeting_is_planned_past_the_planned_end(world: World) -> None:
    plan_next_meetings(at=world.now + timedelta(days=290))
    plan_next_meetings(at=world.now + timedelta(days=310))
    last = world.ely.meetings.latest("planned_at")
    assert last.planned_at.astimezone(LONDON).date() <= world.ely.planned_end_on


def test_volunteers_take_the_minutes_in_turn(world: World) -> None:
    plan_next_meetings(at=world.now)
    plan_next_meetings(at=world.now + timedelta(days=14))
    takers = [one.minute_taker.user.first_name for one in world.ely.meetings.order_by("number")[:3] if one.minute_taker]
    assert len(set(takers)) == 3


def test_tom_takes_the_minutes_in_bens_place(world: World) -> None:
    tom = Volunteer.objects.get(user=world.tom)
    assert take_minutes(world.meeting, volunteer=tom, by=world.tom, at=world.now).minute_taker == tom


def test_dev_who_does_not_belong_cannot_take_the_minutes(world: World) -> None:
    dev = Volunteer.objects.get(user=world.dev)
    with pytest.raises(PermissionDenied):
        take_minutes(world.meeting, volunteer=dev, by=world.dev, at=world.now)
    with pytest.raises(Refused, match="belongs to this circle"):
        take_minutes(world.meeting, volunteer=dev, by=world.ann, at=world.now)


def test_sent_minutes_are_nobodys_to_take(world: World) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="sent already"):
        take_minutes(world.meeting, volunteer=Volunteer.objects.get(user=world.tom), by=world.tom, at=world.now)


def test_the_log_opens_once_however_often_it_is_started(world: World) -> None:
    first = start_log(world.meeting, by=world.ben, at=world.now)
    assert start_log(world.meeting, by=world.tom, at=world.now) == first
    assert Meeting.objects.get(pk=world.meeting.pk).status == Meeting.Status.DRAFT


def test_the_log_of_next_weeks_meeting_is_not_open_yet(world: World) -> None:
    coming = world.ely.meetings.filter(planned_at__gt=world.now).order_by("planned_at")[0]
    with pytest.raises(Refused, match="has not happened yet"):
        start_log(coming, by=world.ben, at=world.now)
    assert start_log(coming, by=world.ben, at=coming.planned_at - timedelta(minutes=50))
