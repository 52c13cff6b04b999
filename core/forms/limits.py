"""The first and the last day that a field accepts: fixed, or counted from the moment the form is filled in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from core.worktime import LONDON

Limit = date | datetime | timedelta | relativedelta
"""A day, a moment, or how far from now."""

FIRST_DAY = date(1900, 1, 1)
"""The earliest day, unless a field says another. A day before it is a typing mistake."""

TODAY = relativedelta()


def years(count: int) -> relativedelta:
    """A limit that is so many years from now, or before now when the count is negative."""
    return relativedelta(years=count)


class Bounded:
    """A field with limits (the date field, the moment field): the earliest and the latest that it accepts."""

    earliest: Limit
    latest: Limit
    at: datetime | None = None
    """The moment the form is filled in. The form sets it before it cleans the field."""

    def now(self) -> datetime:
        if self.at is None:
            raise TypeError("Give the form `at`: the limits of its days and moments are counted from it.")
        return self.at.astimezone(LONDON)

    def day_of(self, limit: Limit) -> date:
        if isinstance(limit, timedelta | relativedelta):
            return (self.now() + limit).date()
        return limit.astimezone(LONDON).date() if isinstance(limit, datetime) else limit

    def check_day(self, day: date) -> None:
        """Raise ValidationError for a day outside the limits, with the limit in words."""
        first, last = self.day_of(self.earliest), self.day_of(self.latest)
        if day < first:
            raise ValidationError(
                f"{date_in_words(day)} is too early: the first day that can be written here is {date_in_words(first)}. "
                "Check the day, the month and the year.",
                code="too_early",
            )
        if day > last:
            raise ValidationError(
                f"{date_in_words(day)} is too late: the last day that can be written here is {date_in_words(last)}. "
                "Check the day, the month and the year.",
                code="too_late",
            )


def date_in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
