"""The hours that volunteers give, counted from the minutes: before, together, after, and travel (domain.md 1.3).

Funders ask for this figure. Volunteers are promised at most four hours a week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from circles.hours.models import Travel
from circles.meeting.models import Attendance, Meeting
from circles.minutes.visit import time_between
from core.worktime import LONDON
from volunteers.volunteer.models import Volunteer

PROMISE = timedelta(hours=4)
"""“Max 4 hours a week” (domain.md 1.3)."""

NO_TIME = timedelta()


@dataclass(frozen=True)
class MeetingHours:
    """The time one volunteer gave for one meeting they came to. None where the minutes do not say."""

    meeting: Meeting
    before: timedelta | None
    together: timedelta | None
    after: timedelta | None
    travel: timedelta | None
    is_travel_noted: bool
    """Whether the travel was noted for this meeting. Otherwise it is taken from an earlier one."""

    @property
    def total(self) -> timedelta:
        return sum((part for part in (self.before, self.together, self.after, self.travel) if part), NO_TIME)


@dataclass
class Week:
    """A week from Monday, with each meeting and the running total after it."""

    begins: date
    meetings: list[tuple[MeetingHours, timedelta]] = field(default_factory=list)

    @property
    def total(self) -> timedelta:
        return self.meetings[-1][1] if self.meetings else NO_TIME

    @property
    def is_over(self) -> bool:
        """Whether it is more than was promised."""
        return self.total > PROMISE

    def add(self, hours: MeetingHours) -> None:
        self.meetings.append((hours, self.total + hours.total))


def meeting_hours_of(volunteers: Iterable[Volunteer]) -> dict[int, list[MeetingHours]]:
    """For each volunteer by key, the meetings they came to whose minutes were sent, oldest first."""
    keys = [volunteer.pk for volunteer in volunteers]
    noted = {(row.volunteer_id, row.meeting_id): row.minutes for row in Travel.objects.filter(volunteer__in=keys)}
    came = Attendance.objects.filter(
        volunteer__in=keys, meeting__status__in=[Meeting.Status.SUBMITTED, Meeting.Status.APPROVED]
    ).exclude(came=Attendance.Came.NO)
    hours: dict[int, list[MeetingHours]] = defaultdict(list)
    remembered: dict[tuple[int, int], int] = {}
    for row in came.select_related("meeting__minutes", "meeting__circle").order_by("meeting__planned_at", "pk"):
        volunteer, meeting = row.volunteer_id or 0, row.meeting
        own = noted.get((volunteer, meeting.pk))
        if own is not None:
            remembered[volunteer, meeting.circle_id] = own
        hours[volunteer].append(
            _hours_for_meeting(meeting, remembered.get((volunteer, meeting.circle_id)), is_travel_noted=own is not None)
        )
    return hours


def _hours_for_meeting(meeting: Meeting, travel: int | None, *, is_travel_noted: bool) -> MeetingHours:
    minutes = meeting.minutes
    return MeetingHours(
        meeting=meeting,
        before=_time_between(minutes.prebrief_began_at, minutes.began_at),
        together=_time_between(minutes.began_at, minutes.ended_at),
        after=_time_between(minutes.ended_at, minutes.debrief_ended_at),
        travel=None if travel is None else timedelta(minutes=travel),
        is_travel_noted=is_travel_noted,
    )


def _time_between(first: time | None, then: time | None) -> timedelta | None:
    return None if first is None or then is None else time_between(first, then)


def monday_of(moment: datetime) -> date:
    day = moment.astimezone(LONDON).date()
    return day - timedelta(days=day.weekday())


def weeks_of(meetings: Iterable[MeetingHours]) -> list[Week]:
    """The hours by week, the latest week first. `meetings` are oldest first and of all circles, like the promise."""
    weeks: dict[date, Week] = {}
    for hours in meetings:
        begins = monday_of(hours.meeting.planned_at)
        weeks.setdefault(begins, Week(begins)).add(hours)
    return sorted(weeks.values(), key=lambda week: week.begins, reverse=True)


def total_of(meetings: Iterable[MeetingHours]) -> timedelta:
    return sum((hours.total for hours in meetings), NO_TIME)


@dataclass(frozen=True)
class CircleHours:
    """What one volunteer has given to one circle. `weeks_over` counts the hours in all their circles."""

    volunteer: Volunteer
    meetings: int
    before: timedelta
    together: timedelta
    after: timedelta
    travel: timedelta
    this_week: timedelta
    weeks_over: int

    @property
    def total(self) -> timedelta:
        return self.before + self.together + self.after + self.travel


def circle_hours_of(circle_pk: int, volunteers: Iterable[Volunteer], *, at: datetime) -> list[CircleHours]:
    """Each volunteer's hours for one circle, by name."""
    everybody = sorted(volunteers, key=lambda volunteer: volunteer.user.full_name)
    hours = meeting_hours_of(everybody)
    return [_hours_in_circle(volunteer, hours.get(volunteer.pk, []), circle_pk, at) for volunteer in everybody]


def _hours_in_circle(volunteer: Volunteer, all_hours: list[MeetingHours], circle_pk: int, at: datetime) -> CircleHours:
    here = [hours for hours in all_hours if hours.meeting.circle_id == circle_pk]
    weeks = weeks_of(all_hours)
    return CircleHours(
        volunteer=volunteer,
        meetings=len(here),
        before=sum((hours.before or NO_TIME for hours in here), NO_TIME),
        together=sum((hours.together or NO_TIME for hours in here), NO_TIME),
        after=sum((hours.after or NO_TIME for hours in here), NO_TIME),
        travel=sum((hours.travel or NO_TIME for hours in here), NO_TIME),
        this_week=sum((week.total for week in weeks if week.begins == monday_of(at)), NO_TIME),
        weeks_over=sum(week.is_over for week in weeks),
    )
