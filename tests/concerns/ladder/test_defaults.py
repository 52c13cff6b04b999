"""The first ladder says what was agreed: how long each level waits, and who is told next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concerns.choices import Audience, Level, Side
from concerns.defaults import load_defaults
from concerns.ladder.models import Clock, Holiday, LadderVersion, Rung
from tests.world import World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DAY = 8 * HOUR
"""A working day, where the clock counts working time."""

CLOCKS = {
    (Level.IMMEDIATE, Side.CHARITY): (15 * MINUTE, HOUR, HOUR, True),
    (Level.IMMEDIATE, Side.AGENCY): (15 * MINUTE, HOUR, HOUR, True),
    (Level.URGENT, Side.CHARITY): (HOUR, 4 * HOUR, HOUR, True),
    (Level.URGENT, Side.AGENCY): (4 * HOUR, 4 * HOUR, HOUR, True),
    (Level.PRIORITY, Side.CHARITY): (DAY, 2 * DAY, DAY, False),
    (Level.PRIORITY, Side.AGENCY): (DAY, 2 * DAY, DAY, False),
    (Level.LOG, Side.CHARITY): (5 * DAY, 10 * DAY, DAY, False),
    (Level.LOG, Side.AGENCY): (5 * DAY, 10 * DAY, DAY, False),
}
CHARITY = [Audience.COORDINATOR, Audience.COORDINATOR_AGAIN, Audience.MANAGER_AND_LEAD, Audience.DIRECTOR]
AGENCY = [Audience.PRACTITIONER, Audience.DUTY_DESK, Audience.TEAM_MANAGER, Audience.MAPPA_COORDINATOR]
RUNGS = {
    (Level.IMMEDIATE, Side.CHARITY): [0 * MINUTE, 7.5 * MINUTE, 15 * MINUTE, 75 * MINUTE],
    (Level.IMMEDIATE, Side.AGENCY): [0 * MINUTE, 7.5 * MINUTE, 15 * MINUTE, 75 * MINUTE],
    (Level.URGENT, Side.CHARITY): [0 * HOUR, 0.5 * HOUR, HOUR, 2 * HOUR],
    (Level.URGENT, Side.AGENCY): [0 * HOUR, 2 * HOUR, 4 * HOUR, 5 * HOUR],
    (Level.PRIORITY, Side.CHARITY): [0 * DAY, 0.5 * DAY, DAY, 2 * DAY],
    (Level.PRIORITY, Side.AGENCY): [0.5 * DAY, DAY, 2 * DAY, 3 * DAY],
    (Level.LOG, Side.CHARITY): [0 * DAY, 2.5 * DAY, 5 * DAY, 6 * DAY],
    (Level.LOG, Side.AGENCY): [2.5 * DAY, 5 * DAY, 6 * DAY, 7 * DAY],
}


@pytest.mark.parametrize(("level", "side"), CLOCKS, ids=[f"{level}, {side}" for level, side in CLOCKS])
def test_each_clock_is_the_agreed_one(world: World, level: Level, side: Side) -> None:
    clock = Clock.objects.get(ladder__number=1, level=level, side=side)
    assert (clock.acknowledge_within, clock.act_within, clock.repeat_every, clock.day_and_night) == CLOCKS[level, side]


@pytest.mark.parametrize(("level", "side"), RUNGS, ids=[f"{level}, {side}" for level, side in RUNGS])
def test_each_rung_comes_when_agreed_and_tells_whom_agreed(world: World, level: Level, side: Side) -> None:
    rungs = Rung.objects.filter(ladder__number=1, level=level, side=side)
    assert [rung.after for rung in rungs] == RUNGS[level, side]
    assert [rung.audience for rung in rungs] == (CHARITY if side == Side.CHARITY else AGENCY)


def test_loading_them_again_changes_nothing(world: World) -> None:
    counted = [model.objects.count() for model in (LadderVersion, Clock, Rung, Holiday)]
    load_defaults()
    assert [model.objects.count() for model in (LadderVersion, Clock, Rung, Holiday)] == counted


def test_a_day_off_that_an_administrator_added_is_kept(world: World) -> None:
    Holiday.objects.create(day=date(2027, 6, 11), name="A royal wedding")
    load_defaults()
    assert Holiday.objects.filter(day=date(2027, 6, 11)).exists()


def test_the_bank_holidays_are_those_of_england_and_wales_for_seven_years(world: World) -> None:
    days = set(Holiday.objects.values_list("day", flat=True))
    assert {day.year for day in days} == set(range(2026, 2033))
    assert {date(2026, 12, 25), date(2026, 12, 28), date(2027, 3, 26), date(2027, 3, 29)} <= days
    assert date(2027, 1, 4) not in days, "a bank holiday in Scotland only"
    assert date(2027, 3, 17) not in days, "a bank holiday in Northern Ireland only"
