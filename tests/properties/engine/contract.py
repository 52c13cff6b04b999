"""What the contract allows, in plain Python (escalation.md 1 and 3). Nothing here uses the engine's code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WORKING_DAY = timedelta(hours=8)
FORTNIGHT = timedelta(days=14)
BANK_HOLIDAYS = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2026, 2029)))
URGENT = ("immediate", "urgent")
STRICTEST_FIRST = ("immediate", "urgent", "priority", "log")
LAST = 3


@dataclass(frozen=True)
class Terms:
    """One side of one level: when its four rungs come after its start, the first action, and the repeats."""

    rungs: tuple[timedelta, timedelta, timedelta, timedelta]
    act: timedelta
    repeat: timedelta
    by_day_and_night: bool

    def after(self, start: datetime, length: timedelta) -> datetime:
        return start + length if self.by_day_and_night else add_working_time(start, length)

    def between(self, start: datetime, end: datetime) -> timedelta:
        return max(end - start, timedelta()) if self.by_day_and_night else working_time_between(start, end)

    def gap_after(self, rung: int) -> timedelta:
        """The time from this rung to the next; from the last rung, to its repeat."""
        return self.repeat if rung >= LAST else self.rungs[rung + 1] - self.rungs[rung]

    @property
    def longest(self) -> timedelta:
        return max(self.repeat, *(self.gap_after(rung) for rung in range(LAST)), self.rungs[0])


def terms_of(level: str, side: str) -> Terms:
    """The terms of a level and side, from the table of escalation.md 3."""
    clock, act, step = {
        "immediate": ({"charity": 15 * MINUTE, "agency": 15 * MINUTE}, HOUR, HOUR),
        "urgent": ({"charity": HOUR, "agency": 4 * HOUR}, 4 * HOUR, HOUR),
        "priority": ({"charity": WORKING_DAY, "agency": WORKING_DAY}, 2 * WORKING_DAY, WORKING_DAY),
        "log": ({"charity": 5 * WORKING_DAY, "agency": 5 * WORKING_DAY}, 10 * WORKING_DAY, WORKING_DAY),
    }[level]
    mine = clock[side]
    at_once = (timedelta(), mine / 2, mine, mine + step)
    in_turn = (mine / 2, mine, mine + step, mine + 2 * step)
    waits = side == "agency" and level not in URGENT
    return Terms(in_turn if waits else at_once, act, step, level in URGENT)


@cache
def office_hours(day: date) -> tuple[datetime, datetime] | None:
    """The office hours of a day, nine to five in London, in UTC. None at the weekend or on a bank holiday."""
    if day.weekday() >= 5 or day in BANK_HOLIDAYS:
        return None
    opens, closes = (datetime.combine(day, time(hour), LONDON).astimezone(UTC) for hour in (9, 17))
    return opens, closes


def add_working_time(start: datetime, length: timedelta) -> datetime:
    day = start.astimezone(LONDON).date()
    while True:
        hours = office_hours(day)
        if hours is not None and hours[1] > start:
            begins = max(hours[0], start)
            if length <= hours[1] - begins:
                return begins + length
            length -= hours[1] - begins
        day += DAY


def working_time_between(start: datetime, end: datetime) -> timedelta:
    found, day = timedelta(), start.astimezone(LONDON).date()
    while day <= end.astimezone(LONDON).date():
        hours = office_hours(day)
        if hours is not None:
            found += max(min(hours[1], end) - max(hours[0], start), timedelta())
        day += DAY
    return found


def is_stricter(level: str, than: str) -> bool:
    return STRICTEST_FIRST.index(level) < STRICTEST_FIRST.index(than)


LEADS = ("hana", "fay", "kit")
TEAMS = {"cambridgeshire": ("esi", "oz", "ivor"), "norfolk": ("lou",)}
COORDINATORS = ("ann", "pat")
STAFF = (*COORDINATORS, *LEADS, "jo", "gil")


@dataclass(frozen=True)
class Away:
    """One person's leave, and who was named to cover."""

    person: str
    deputy: str | None
    starts: datetime
    ends: datetime


def stand_in_for(person: str, leaves: list[Away], at: datetime) -> str | None:
    """The first person in the chain of deputies who is not away. None if all are away."""
    on_leave = {leave.person: leave.deputy for leave in leaves if leave.starts <= at < leave.ends}
    passed: set[str] = set()
    while person in on_leave and person not in passed:
        passed.add(person)
        deputy = on_leave[person]
        if deputy is None:
            return None
        person = deputy
    return person if passed and person not in on_leave else None


def people_covered_by(stand_in: str, leaves: list[Away], at: datetime) -> set[str]:
    return {leave.person for leave in leaves if stand_in_for(leave.person, leaves, at) == stand_in}
