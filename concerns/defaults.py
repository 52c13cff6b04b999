"""The first ladder, routing and bank holidays (escalation.md 3). They are loaded once, then edited as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import holidays
from django.apps import apps

from concerns.choices import Audience, Level, Side

HOUR = timedelta(hours=1)
DAY = timedelta(hours=8)
"""A working day, on the clocks that count working time."""

FIRST_YEAR, LAST_YEAR = 2026, 2032
"""The years whose bank holidays a new service begins with, both included."""


@dataclass(frozen=True)
class Terms:
    """The times of one level: how long each side has to acknowledge, how long until a first action, and the repeat."""

    charity: timedelta
    agency: timedelta
    act_within: timedelta
    step: timedelta
    day_and_night: bool


TERMS = {
    Level.IMMEDIATE: Terms(timedelta(minutes=15), timedelta(minutes=15), HOUR, HOUR, day_and_night=True),
    Level.URGENT: Terms(HOUR, 4 * HOUR, 4 * HOUR, HOUR, day_and_night=True),
    Level.PRIORITY: Terms(DAY, DAY, 2 * DAY, DAY, day_and_night=False),
    Level.LOG: Terms(5 * DAY, 5 * DAY, 10 * DAY, DAY, day_and_night=False),
}

CHARITY = [Audience.COORDINATOR, Audience.COORDINATOR_AGAIN, Audience.MANAGER_AND_LEAD, Audience.DIRECTOR]
AGENCY = [Audience.PRACTITIONER, Audience.DUTY_DESK, Audience.TEAM_MANAGER, Audience.MAPPA_COORDINATOR]


def charity_times(terms: Terms) -> list[timedelta]:
    """When each rung of the charity fires: at once, after half the clock, after the whole clock, and a step later."""
    clock = terms.charity
    return [timedelta(), clock / 2, clock, clock + terms.step]


def agency_times(level: Level, terms: Terms) -> list[timedelta]:
    """When each rung of the agencies fires. Immediate and Urgent start at once, others at half the charity's clock."""
    if level.tells_agency_at_once:
        return [timedelta(), terms.agency / 2, terms.agency, terms.agency + terms.step]
    clock = terms.charity
    return [clock / 2, clock, clock + terms.step, clock + 2 * terms.step]


def terms_of_side(level: Level, side: Side) -> tuple[timedelta, list[Audience], list[timedelta]]:
    """One side of a level: its time to acknowledge, its audiences in order, and when each is told."""
    terms = TERMS[level]
    if side == Side.CHARITY:
        return terms.charity, CHARITY, charity_times(terms)
    return terms.agency, AGENCY, agency_times(level, terms)


Models = Callable[[str, str], Any]
"""Finds a model by app and name: today's, or a migration's own."""


def load_ladder(find: Models) -> None:
    """Store version 1 of the ladder, unless there is one already."""
    ladder, is_new = find("concerns", "LadderVersion").objects.get_or_create(
        number=1, defaults={"in_force_from": datetime(2020, 1, 1, tzinfo=UTC)}
    )
    if not is_new:
        return
    for level, terms in TERMS.items():
        for side in Side:
            within, audiences, times = terms_of_side(level, side)
            find("concerns", "Clock").objects.create(
                ladder=ladder,
                level=level,
                side=side,
                acknowledge_within=within,
                act_within=terms.act_within,
                repeat_every=terms.step,
                day_and_night=terms.day_and_night,
            )
            for position, (audience, after) in enumerate(zip(audiences, times, strict=True)):
                find("concerns", "Rung").objects.create(
                    ladder=ladder, level=level, side=side, position=position, audience=audience, after=after
                )


def load_routing(find: Models) -> None:
    """Store the first routing, unless there is one already. It is what held before there were rules (escalation.md 3)."""
    version, is_new = find("concerns", "RoutingVersion").objects.get_or_create(
        number=1,
        defaults={"reference": "RT-1", "status": "in_force", "in_force_from": datetime(2020, 1, 1, tzinfo=UTC)},
    )
    if not is_new:
        return
    for position, level in enumerate(Level, start=1):
        route = "at_once" if level.tells_agency_at_once else "in_turn"
        find("concerns", "RoutingRule").objects.create(version=version, position=position, level=level, route=route)


def load_holidays(find: Models) -> None:
    """Store the bank holidays of England and Wales, so that an administrator can add a day such as a royal wedding."""
    for day, name in bank_holidays(range(FIRST_YEAR, LAST_YEAR + 1)).items():
        find("concerns", "Holiday").objects.get_or_create(day=day, defaults={"name": name})


def bank_holidays(years: Iterable[int]) -> dict[date, str]:
    """Each bank holiday of England and Wales in these years, and what it is called."""
    names = holidays.country_holidays("GB", subdiv="ENG", years=list(years))
    return {day: name[:80] for day, name in sorted(names.items())}


def load_defaults(find: Models = apps.get_model) -> None:
    """Store what a new service starts with. It is safe to run again."""
    load_ladder(find)
    load_holidays(find)
