"""The times of one visit: the volunteers meet first, then with him, then without him again (domain.md 1.3).

Times have no day, and a part may run past midnight. So a part that seems longer than six hours means that two
times are in the wrong order.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import CheckConstraint, DurationField, F, Q, TimeField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

PREBRIEF = DEBRIEF = timedelta(minutes=15)
"""The usual length of the parts without him, which last a quarter to half an hour."""

LONGEST_PART = time(6)
TIMES = ("prebrief_began_at", "began_at", "ended_at", "debrief_ended_at")

OUT_OF_ORDER = {
    "began_at": "The meeting must begin after the pre-brief began. Check the two times.",
    "ended_at": "The meeting must end after it began. Check the two times.",
    "debrief_ended_at": "The debrief must end after the meeting ended. Check the two times.",
}
"""The message at the later of two times that are in the wrong order."""


def time_between(earlier_time: time, later_time: time) -> timedelta:
    """The time from one to the other, across midnight if the second is earlier."""
    apart = datetime.combine(date.min, later_time) - datetime.combine(date.min, earlier_time)
    return apart % timedelta(days=1)


def first_time_out_of_order(times: Mapping[str, time | None]) -> str | None:
    """The field of the first time that does not follow the one before it. None if all do, or are empty."""
    longest = timedelta(hours=LONGEST_PART.hour)
    for earlier, later in itertools.pairwise(TIMES):
        earlier_time, later_time = times.get(earlier), times.get(later)
        if earlier_time is not None and later_time is not None and time_between(earlier_time, later_time) > longest:
            return later
    return None


def planned_times_of(starts: datetime, length: timedelta) -> dict[str, time]:
    """The four times of a meeting that goes as planned, in the time zone of `starts`."""
    moments = [starts - PREBRIEF, starts, starts + length, starts + length + DEBRIEF]
    return {name: moment.time() for name, moment in zip(TIMES, moments, strict=True)}


def follows_constraint(earlier: str, later: str, *, name: str) -> CheckConstraint:
    """A constraint that checks the same in the database: the later time comes within six hours of the earlier."""
    apart = F(later) - Cast(F(earlier), DurationField())
    apart.output_field = TimeField()
    return CheckConstraint(condition=Q(LessThanOrEqual(apart, Value(LONGEST_PART))), name=name)
