"""Loads changes to the schedule: days left out, meetings moved and cancelled, a turn to swap, and travel times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

from accounts.models import User
from circles.circle.models import Circle
from circles.hours.operations import give_travel
from circles.life.operations import go_fortnightly
from circles.log.operations import Answers
from circles.meeting.models import USUAL_LENGTH, Attendance, Meeting
from circles.minutes.beginning_operations import take_minutes
from circles.minutes.visit import planned_times_of
from circles.rota.operations import offer_minutes
from circles.schedule.calling_off_operations import cancel_meeting, move_meeting
from circles.schedule.operations import leave_out_slot, move_slot
from circles.schedule.rhythm import Occasion, coming_occasions_of
from core.worktime import LONDON
from volunteers.volunteer.models import Volunteer


def evening_of(meeting: Meeting) -> Answers:
    """The three timed parts of an ordinary evening, as planned."""
    times = planned_times_of(meeting.planned_at.astimezone(LONDON), USUAL_LENGTH)
    return cast(Answers, times)


def load_schedule(circles: Mapping[str, Circle], people: Mapping[str, User], *, at: datetime) -> None:
    """Load what is arranged for the coming weeks in four of the circles, and everybody's travel times."""
    first, second, third, fourth = list(circles.values())[:4]
    _arrange_first_circle(first, people["Alma Farrowby"], people["Esther Cole"], at=at)
    free = _free_occasions_of(second, at)
    leave_out_slot(
        second, slot_at=free[1].slot_at, words="The hall is closed.", by=second.coordinator, at=at - timedelta(hours=3)
    )
    go_fortnightly(fourth, reason="The review decided it.", by=fourth.coordinator, at=at - timedelta(days=1))
    cancel_meeting(
        _next_meeting_of(third, at),
        why_not=Meeting.WhyNot.ACCEPTABLE,
        words="He is in hospital for a small operation.",
        by=third.coordinator,
        at=at - timedelta(hours=5),
    )
    for circle in circles.values():
        _give_travel_times(circle, at=at)


def _arrange_first_circle(circle: Circle, coordinator: User, asked: User, *, at: datetime) -> None:
    """Arrange the first circle's weeks: a turn offered to `asked`, a meeting moved, a day left out."""
    meeting = _next_meeting_of(circle, at)
    others = circle.memberships.exclude(volunteer__user=asked).select_related("volunteer__user").order_by("-pk")
    giver = others[0].volunteer
    take_minutes(meeting, volunteer=giver, by=coordinator, at=at - timedelta(days=1))
    offer_minutes(meeting, to=Volunteer.objects.get(user=asked), by=giver.user, at=at - timedelta(hours=2))
    later = circle.meetings.filter(planned_at__gt=meeting.planned_at, status=Meeting.Status.PLANNED).first()
    if later is not None:
        move_meeting(
            later,
            planned_at=later.planned_at + timedelta(days=1),
            place_code="OAK",
            words="The hall is let that day.",
            by=coordinator,
            at=at - timedelta(hours=4),
        )
    free = _free_occasions_of(circle, at)
    leave_out_slot(circle, slot_at=free[0].slot_at, words="Everybody is away.", by=coordinator, at=at)
    move_slot(
        circle,
        slot_at=free[1].slot_at,
        moved_to=free[1].slot_at - timedelta(days=1),
        place_code="",
        words="So that it is not the holiday.",
        by=coordinator,
        at=at,
    )


def _next_meeting_of(circle: Circle, at: datetime) -> Meeting:
    """The next planned meeting that is at least a day away."""
    soon = at + timedelta(days=1)
    return circle.meetings.filter(planned_at__gt=soon, status=Meeting.Status.PLANNED).earliest("planned_at")


def _free_occasions_of(circle: Circle, at: datetime) -> list[Occasion]:
    """The coming occasions without a meeting and without a change."""
    occasions = coming_occasions_of(circle, at=at, most=20)
    return [occasion for occasion in occasions if occasion.meeting is None and occasion.variation is None]


def _give_travel_times(circle: Circle, *, at: datetime) -> None:
    """Write down how long all but one of the volunteers travel."""
    for number, member in enumerate(circle.memberships.select_related("volunteer__user").order_by("pk")[:3]):
        came = Attendance.objects.filter(meeting__circle=circle, volunteer=member.volunteer)
        first = came.exclude(came=Attendance.Came.NO).order_by("meeting__planned_at").first()
        if first is not None:
            give_travel(first.meeting, minutes=(30, 45, 60)[number], by=member.volunteer.user, at=at)
