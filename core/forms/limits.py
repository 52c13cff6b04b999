"""The first and the last day a form takes: given as they are, or counted from the moment the form is filled in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from core.worktime import LONDON

Limit = date | datetime | timedelta | relativedelta
"""A day, a moment, or how far from now."""

EVER = date(1900, 1, 1)
TODAY = relativedelta()


def years(count: int) -> relativedelta:
    """So many years from now; negative for those that have passed."""
    return relativedelta(years=count)


class Bounded:
    """What the date field and the moment field share: each knows the earliest and the latest it takes."""

    earliest: Limit
    latest: Limit
    at: datetime | None = None
    """The moment the form is filled in, set by the form before it is judged."""

    def now(self) -> datetime:
        if self.at is None:
            raise TypeError("A form with days or moments in it is given `at`, from which they are counted.")
        return self.at.astimezone(LONDON)

    def day_of(self, limit: Limit) -> date:
        if isinstance(limit, timedelta | relativedelta):
            return (self.now() + limit).date()
        return limit.astimezone(LONDON).date() if isinstance(limit, datetime) else limit

    def check_day(self, day: date) -> None:
        """Refuse what lies outside, in words that give the limit."""
        first, last = self.day_of(self.earliest), self.day_of(self.latest)
        if day < first:
            raise ValidationError(
                f"{written(day)} is too early: the first day that can be written here is {written(first)}. "
                "Check the day, the month and the year.",
                code="too_early",
            )
        if day > last:
            raise ValidationError(
                f"{written(day)} is too late: the last day that can be written here is {written(last)}. "
                "Check the day, the month and the year.",
                code="too_late",
            )


def written(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
