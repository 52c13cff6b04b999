"""The registers' clocks (domain.md 3.10): by when what is due, and telling of what was not done, in the same sweep."""

from __future__ import annotations

from datetime import date, datetime, time

from accounts.models import User
from concerns.low_level.models import LowLevelConcern, LowLevelQuerySet, month_after
from concerns.register.clock import due_in
from core.worktime import LONDON, WORKING_DAY

READ_MONTH_WITHIN = 5 * WORKING_DAY


def month_due(month: date) -> datetime:
    """By when a month's low-level concerns are to be read: five working days into the next."""
    return due_in(READ_MONTH_WITHIN, at=begins(month_after(month)))


def begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def unread_of_month(person: User, month: date) -> LowLevelQuerySet:
    """What this person has still to read of everything up to the end of a month."""
    ends = begins(month_after(month))
    return LowLevelConcern.objects.visible_to(person).filter(recorded_at__lt=ends).unread(person)
