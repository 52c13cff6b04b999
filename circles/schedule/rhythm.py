"""A circle's rhythm by the clock in London, and the meetings and exceptions that belong to it.

Moments are calculated without a time zone and then placed in London, so that seven in the evening stays
seven in the evening when the clocks change.
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
"""How far ahead coming meetings are calculated."""


@dataclass(frozen=True)
class Occasion:
    """One moment of the rhythm, with its exception and its meeting, if any. `planned_at` is None if it is left out."""

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


def _rhythm_of(circle: Circle) -> rruleset:
    """The rule of the rhythm: weekly from the start, fortnightly from the day the circle slows down."""
    rhythm = rruleset()
    ends = datetime.combine(circle.planned_end_on, time.max)
    slower = circle.fortnightly_from
    weekly_ends = ends if slower is None else min(ends, datetime.combine(slower, time.min) - timedelta(seconds=1))
    starts = datetime.combine(circle.started_on, circle.meets_at)
    rhythm.rrule(rrule(WEEKLY, dtstart=starts, byweekday=circle.weekday, until=weekly_ends))
    if slower is not None:
        first = slower + timedelta(days=(circle.weekday - slower.weekday()) % 7)
        starts = datetime.combine(first, circle.meets_at)
        rhythm.rrule(rrule(WEEKLY, interval=2, dtstart=starts, byweekday=circle.weekday, until=ends))
    return rhythm


def slots_of(circle: Circle, *, since: date, until: date) -> list[datetime]:
    """The moments of the rhythm from `since` to `until`, both days included, in UTC. Exceptions are ignored."""
    moments = _rhythm_of(circle).between(datetime.combine(since, time.min), datetime.combine(until, time.max), inc=True)
    return [moment.replace(tzinfo=LONDON).astimezone(UTC) for moment in moments]


def occasions_of(
    circle: Circle, *, since: date, until: date, meetings: Iterable[Meeting] | None = None
) -> list[Occasion]:
    """The moments of these days with their exceptions, by when they will be, and those moved into these days.

    `meetings`, if given, must be all that are planned for these days.
    """
    variations = {variation.slot_at: variation for variation in circle.variations.all()}
    first, last = (datetime.combine(day, at, LONDON) for day, at in [(since, time.min), (until, time.max)])
    moved_in = {
        variation.slot_at
        for variation in variations.values()
        if variation.moved_to and first <= variation.moved_to <= last
    }
    moments = sorted({*slots_of(circle, since=since, until=until), *moved_in})
    planned = circle.meetings.filter(slot_at__in=moments) if meetings is None else meetings
    by_slot = {meeting.slot_at: meeting for meeting in planned}
    return _in_order(_occasion_of(circle, slot, variations, by_slot) for slot in moments)


def _occasion_of(
    circle: Circle,
    slot: datetime,
    variations: Mapping[datetime, Variation],
    meetings: Mapping[datetime | None, Meeting],
) -> Occasion:
    """The occasion of one moment: its planned meeting decides when and where; without one, its exception."""
    variation, meeting = variations.get(slot), meetings.get(slot)
    if meeting is not None:
        return Occasion(slot, meeting.planned_at, meeting.place_code, variation, meeting)
    if variation is None:
        return Occasion(slot, slot, circle.place_code)
    return Occasion(slot, variation.moved_to, variation.place_code or circle.place_code, variation)


def _in_order(unsorted: Iterable[Occasion]) -> list[Occasion]:
    return sorted(unsorted, key=lambda occasion: occasion.planned_at or occasion.slot_at)


def coming_occasions_of(
    circle: Circle, *, at: datetime, most: int, meetings: Iterable[Meeting] | None = None
) -> list[Occasion]:
    """The next occasions after `at`, also those left out, at most `most`. None unless the circle meets."""
    if not circle.meets:
        return []
    today = at.astimezone(LONDON).date()
    coming_occasions = occasions_of(circle, since=today, until=today + LOOKS_AHEAD, meetings=meetings)
    return [occasion for occasion in coming_occasions if (occasion.planned_at or occasion.slot_at) > at][:most]
