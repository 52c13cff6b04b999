"""The three timed parts of one visit: the volunteers meet first, then with him, then without him (domain.md 1.3).

Times are by the clock. A part that runs past midnight goes on; one that seems longer than six hours is a
slip of the pen, which is how two times in the wrong order are known from a late evening.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import CheckConstraint, DurationField, F, Q, TimeField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

PREBRIEF = DEBRIEF = timedelta(minutes=15)
"""How long the parts without him usually last: a quarter to half an hour."""

LONGEST_PART = time(6)
TIMES = ("prebrief_began_at", "began_at", "ended_at", "debrief_ended_at")

OUT_OF_ORDER = {
    "began_at": "The meeting must begin after the pre-brief began. Check the two times.",
    "ended_at": "The meeting must end after it began. Check the two times.",
    "debrief_ended_at": "The debrief must end after the meeting ended. Check the two times.",
}
"""What is said of the later of two times that are in the wrong order."""


def between(first: time, then: time) -> timedelta:
    """From one time to the next, past midnight if need be."""
    apart = datetime.combine(date.min, then) - datetime.combine(date.min, first)
    return apart % timedelta(days=1)


def out_of_order(times: Mapping[str, time | None]) -> str | None:
    """The first time that does not follow the one before it; None when all is well or not said."""
    longest = timedelta(hours=LONGEST_PART.hour)
    for earlier, later in itertools.pairwise(TIMES):
        first, then = times.get(earlier), times.get(later)
        if first is not None and then is not None and between(first, then) > longest:
            return later
    return None


def as_planned(starts: datetime, length: timedelta) -> dict[str, time]:
    """The four times as planned, of a meeting that starts then, by the clock on the wall there."""
    moments = [starts - PREBRIEF, starts, starts + length, starts + length + DEBRIEF]
    return {name: moment.time() for name, moment in zip(TIMES, moments, strict=True)}


def follows(earlier: str, later: str, *, name: str) -> CheckConstraint:
    """The database's own word for the same: the later time comes within six hours of the earlier."""
    apart = F(later) - Cast(F(earlier), DurationField())
    apart.output_field = TimeField()
    return CheckConstraint(condition=Q(LessThanOrEqual(apart, Value(LONGEST_PART))), name=name)
