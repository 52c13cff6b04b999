"""The hours volunteers give, counted from the record: before, together, after, and on the way (domain.md 1.3).

They are a figure funders ask for, and the promise made to volunteers is at most four a week.
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

NOTHING = timedelta()


@dataclass(frozen=True)
class Spent:
    """One volunteer's time for one meeting they came to. None where the record does not say."""

    meeting: Meeting
    before: timedelta | None
    together: timedelta | None
    after: timedelta | None
    travel: timedelta | None
    travel_said: bool
    """Said for this very meeting; otherwise remembered from an earlier one."""

    @property
    def total(self) -> timedelta:
        return sum((part for part in (self.before, self.together, self.after, self.travel) if part), NOTHING)


@dataclass
class Week:
    """A week from Monday, and what was given in it, the running total beside each meeting."""

    begins: date
    spent: list[tuple[Spent, timedelta]] = field(default_factory=list)

    @property
    def total(self) -> timedelta:
        return self.spent[-1][1] if self.spent else NOTHING

    @property
    def is_over(self) -> bool:
        """More than was promised would be asked."""
        return self.total > PROMISE

    def add(self, one: Spent) -> None:
        self.spent.append((one, self.total + one.total))


def spent_by(volunteers: Iterable[Volunteer]) -> dict[int, list[Spent]]:
    """What each volunteer gave, by their key, oldest first: meetings they came to whose minutes were sent."""
    who = [volunteer.pk for volunteer in volunteers]
    said = {(row.volunteer_id, row.meeting_id): row.minutes for row in Travel.objects.filter(volunteer__in=who)}
    came = Attendance.objects.filter(
        volunteer__in=who, meeting__status__in=[Meeting.Status.SUBMITTED, Meeting.Status.APPROVED]
    ).exclude(came=Attendance.Came.NO)
    found: dict[int, list[Spent]] = defaultdict(list)
    remembered: dict[tuple[int, int], int] = {}
    for row in came.select_related("meeting__minutes", "meeting__circle").order_by("meeting__planned_at", "pk"):
        volunteer, meeting = row.volunteer_id or 0, row.meeting
        own = said.get((volunteer, meeting.pk))
        if own is not None:
            remembered[volunteer, meeting.circle_id] = own
        found[volunteer].append(spent(meeting, remembered.get((volunteer, meeting.circle_id)), said=own is not None))
    return found


def spent(meeting: Meeting, travel: int | None, *, said: bool) -> Spent:
    minutes = meeting.minutes
    return Spent(
        meeting=meeting,
        before=apart(minutes.prebrief_began_at, minutes.began_at),
        together=apart(minutes.began_at, minutes.ended_at),
        after=apart(minutes.ended_at, minutes.debrief_ended_at),
        travel=None if travel is None else timedelta(minutes=travel),
        travel_said=said,
    )


def apart(first: time | None, then: time | None) -> timedelta | None:
    return None if first is None or then is None else time_between(first, then)


def monday(moment: datetime) -> date:
    day = moment.astimezone(LONDON).date()
    return day - timedelta(days=day.weekday())


def weeks_of(found: Iterable[Spent]) -> list[Week]:
    """By week, the latest first. `found` is oldest first, all circles together: the promise is to the person."""
    weeks: dict[date, Week] = {}
    for one in found:
        begins = monday(one.meeting.planned_at)
        weeks.setdefault(begins, Week(begins)).add(one)
    return sorted(weeks.values(), key=lambda week: week.begins, reverse=True)


def total_of(found: Iterable[Spent]) -> timedelta:
    return sum((one.total for one in found), NOTHING)


@dataclass(frozen=True)
class Given:
    """What one volunteer has given to one circle; the weeks over the promise count every circle."""

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


def given_to(circle_pk: int, volunteers: Iterable[Volunteer], *, at: datetime) -> list[Given]:
    """Each volunteer's hours for one circle, by name."""
    everybody = sorted(volunteers, key=lambda volunteer: volunteer.user.full_name)
    found = spent_by(everybody)
    return [given(volunteer, found.get(volunteer.pk, []), circle_pk, at) for volunteer in everybody]


def given(volunteer: Volunteer, everything: list[Spent], circle_pk: int, at: datetime) -> Given:
    here = [one for one in everything if one.meeting.circle_id == circle_pk]
    weeks = weeks_of(everything)
    return Given(
        volunteer=volunteer,
        meetings=len(here),
        before=sum((one.before or NOTHING for one in here), NOTHING),
        together=sum((one.together or NOTHING for one in here), NOTHING),
        after=sum((one.after or NOTHING for one in here), NOTHING),
        travel=sum((one.travel or NOTHING for one in here), NOTHING),
        this_week=sum((week.total for week in weeks if week.begins == monday(at)), NOTHING),
        weeks_over=sum(week.is_over for week in weeks),
    )
