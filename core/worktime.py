"""Working hours and days in England and Wales."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)
WORKING_DAY = timedelta(hours=8)

FIRST_YEAR, LAST_YEAR = 2026, 2032


@cache
def bank_holidays() -> dict[date, str]:
    """The bank holidays of England and Wales by law, each with its name; a royal one-off is not among them.

    The clocks of concerns run on a table filled from these, which an administrator edits.
    """
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR)))


class WorkingTime:
    """Adds and measures working time: 09:00–17:00 London, Monday to Friday, without the holidays given.

    Bank holidays are passed in because they live in a table an administrator edits. Every answer is
    in UTC; sums are made in elapsed time, so a clock change never lends or steals an hour.
    """

    def __init__(self, holidays: Collection[date] = ()) -> None:
        self.holidays = frozenset(holidays)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Stretches of working time from `start` on, each in UTC, without end."""
        day = start.astimezone(LONDON).date()
        while True:
            if self.is_working_day(day):
                opens = datetime.combine(day, OPENS, LONDON).astimezone(UTC)
                closes = datetime.combine(day, CLOSES, LONDON).astimezone(UTC)
                if closes > start:
                    yield max(opens, start.astimezone(UTC)), closes
            day += timedelta(days=1)

    def add(self, start: datetime, length: timedelta) -> datetime:
        """The moment this much working time after `start`. One working day is eight working hours.

        A length that ends exactly at closing time is due then, not at the next opening.
        """
        left = length
        for opens, closes in self.spans(start):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise AssertionError("working time has no end")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two moments; nothing when `end` is not after `start`."""
        return sum((length for _, length in self.by_day(start, end)), timedelta())

    def by_day(self, start: datetime, end: datetime) -> list[tuple[date, timedelta]]:
        """The sum behind `between`, a line a working day, as it is written out for a reader."""
        days = []
        for opens, closes in self.spans(start):
            if opens >= end:
                break
            days.append(
                (
                    opens.astimezone(LONDON).date(),
                    min(closes, end.astimezone(UTC)) - opens,
                )
            )
        return days
