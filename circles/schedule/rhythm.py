"""The rhythm a circle meets in, by the clock on the wall in London, and what is made of it.

The rule is reckoned without a time zone and only then placed in London, so that seven in the evening
stays seven in the evening when the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import WEEKLY, rrule, rruleset

from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.schedule.models import Variation
from core.worktime import LONDON

LOOKS_AHEAD = timedelta(weeks=30)
"""How far the coming meetings are reckoned when a number of them is asked for."""


@dataclass(frozen=True)
class Occasion:
    """One moment of the rhythm and what has become of it. `planned_at` is None where it is left out."""

    slot_at: datetime
    planned_at: datetime | None
    place_code: str
    variation: Variation | None = None
    meeting: Meeting | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.meeting is not None and self.meeting.status == Meeting.Status.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.planned_at is not None and self.planned_at != self.slot_at


def rhythm_of(circle: Circle) -> rruleset:
    """Every week from the start; every second week from the day the circle slows down."""
    whole = rruleset()
    ends = datetime.combine(circle.planned_end_on, time.max)
    slower = circle.fortnightly_from
    weekly_ends = ends if slower is None else min(ends, datetime.combine(slower, time.min) - timedelta(seconds=1))
    starts = datetime.combine(circle.started_on, circle.meets_at)
    whole.rrule(rrule(WEEKLY, dtstart=starts, byweekday=circle.weekday, until=weekly_ends))
    if slower is not None:
        first = slower + timedelta(days=(circle.weekday - slower.weekday()) % 7)
        starts = datetime.combine(first, circle.meets_at)
        whole.rrule(rrule(WEEKLY, interval=2, dtstart=starts, byweekday=circle.weekday, until=ends))
    return whole


def slots(circle: Circle, *, since: date, until: date) -> list[datetime]:
    """The rhythm's moments of these days, both ends included, in UTC and without any exception made."""
    found = rhythm_of(circle).between(datetime.combine(since, time.min), datetime.combine(until, time.max), inc=True)
    return [moment.replace(tzinfo=LONDON).astimezone(UTC) for moment in found]


def occasions(circle: Circle, *, since: date, until: date, meetings: Iterable[Meeting] | None = None) -> list[Occasion]:
    """The same with the exceptions made, by when they will be; what is moved into these days is there too.

    `meetings`, where the caller has them, are all the circle's that are planned for these days.
    """
    variations = {one.slot_at: one for one in circle.variations.all()}
    first, last = (datetime.combine(day, at, LONDON) for day, at in [(since, time.min), (until, time.max)])
    moved_in = {one.slot_at for one in variations.values() if one.moved_to and first <= one.moved_to <= last}
    named = sorted({*slots(circle, since=since, until=until), *moved_in})
    planned = circle.meetings.filter(slot_at__in=named) if meetings is None else meetings
    by_slot = {one.slot_at: one for one in planned}
    return in_order(occasion(circle, slot, variations, by_slot) for slot in named)


def occasion(
    circle: Circle,
    slot: datetime,
    variations: Mapping[datetime, Variation],
    meetings: Mapping[datetime | None, Meeting],
) -> Occasion:
    """What has become of one moment: the meeting that is planned knows best, then the exception."""
    variation, meeting = variations.get(slot), meetings.get(slot)
    if meeting is not None:
        return Occasion(slot, meeting.planned_at, meeting.place_code, variation, meeting)
    if variation is None:
        return Occasion(slot, slot, circle.place_code)
    return Occasion(slot, variation.moved_to, variation.place_code or circle.place_code, variation)


def in_order(found: Iterable[Occasion]) -> list[Occasion]:
    return sorted(found, key=lambda one: one.planned_at or one.slot_at)


def coming(circle: Circle, *, at: datetime, most: int, meetings: Iterable[Meeting] | None = None) -> list[Occasion]:
    """The next occasions from this moment on, those left out among them; none unless the circle meets."""
    if not circle.meets:
        return []
    today = at.astimezone(LONDON).date()
    found = occasions(circle, since=today, until=today + LOOKS_AHEAD, meetings=meetings)
    return [one for one in found if (one.planned_at or one.slot_at) > at][:most]
