"""When a month's low-level concerns must be read, and which are unread (domain.md 3.10)."""

from __future__ import annotations

from datetime import date, datetime, time

from accounts.models import User
from concerns.ladder.models import working_time
from concerns.low_level.models import LowLevelConcern, LowLevelQuerySet, month_after
from core.worktime import LONDON, WORKING_DAY, WorkingTime

READ_MONTH_WITHIN = 5 * WORKING_DAY


def month_due(month: date, worktime: WorkingTime | None = None) -> datetime:
    """When a month's low-level concerns must be read: five working days into the next month."""
    return (worktime or working_time()).add(_start_of_day(month_after(month)), READ_MONTH_WITHIN)


def _start_of_day(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def unread_of_month(person: User, month: date) -> LowLevelQuerySet:
    """Low-level concerns up to the end of a month that this person has still to read."""
    ends = _start_of_day(month_after(month))
    return LowLevelConcern.objects.visible_to(person).filter(recorded_at__lt=ends).unread(person)
