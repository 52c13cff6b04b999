"""Working hours and days in England and Wales."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)
WORKING_DAY = timedelta(hours=8)


class WorkingTime:
    """Adds and measures working time: 09:00–17:00 London, Monday to Friday, without the holidays given.

    Bank holidays are passed in because they are in a table that an administrator edits. Every answer is
    in UTC. Sums use elapsed time, so a clock change neither adds nor loses an hour.
    """

    def __init__(self, holidays: Collection[date] = ()) -> None:
        self.holidays = frozenset(holidays)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Stretches of working time from `start` on, each in UTC. The iterator never ends."""
        day = start.astimezone(LONDON).date()
        while True:
            if self.is_working_day(day):
                opens = datetime.combine(day, OPENS, LONDON).astimezone(UTC)
                closes = datetime.combine(day, CLOSES, LONDON).astimezone(UTC)
                if closes > start:
                    yield max(opens, start.astimezone(UTC)), closes
            day += timedelta(days=1)

    def add(self, start: datetime, length: timedelta) -> datetime:
        """The moment that is this much working time after `start`. One working day is eight working hours.

        A length that ends exactly at closing time is due then, not at the next opening.
        """
        left = length
        for opens, closes in self.spans(start):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise AssertionError("working time has no end")

    def back(self, end: datetime, length: timedelta) -> datetime:
        """The latest moment from which this much working time has passed by `end`."""
        left, day = length, end.astimezone(LONDON).date()
        while True:
            if self.is_working_day(day):
                opens = datetime.combine(day, OPENS, LONDON).astimezone(UTC)
                until = min(datetime.combine(day, CLOSES, LONDON).astimezone(UTC), end.astimezone(UTC))
                if left <= until - opens:
                    return until - left
                left -= max(until - opens, timedelta())
            day -= timedelta(days=1)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two moments; nothing when `end` is not after `start`."""
        return sum((length for _, length in self.daily_lengths(start, end)), timedelta())

    def daily_lengths(self, start: datetime, end: datetime) -> list[tuple[date, timedelta]]:
        """The working time of each day between two moments, for a page that shows how the sum was made."""
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


def service_worktime() -> WorkingTime:
    """Working time with the holidays that the service's table holds now (the setting `HOLIDAYS`)."""
    holidays: Callable[[], Collection[date]] = import_string(settings.HOLIDAYS)
    return WorkingTime(holidays())
