"""The drawing of a simulated ladder: lanes, marks, shaded nights and ticks, with their places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from concerns.choices import Side
from concerns.simulation.operations import SimulatedTelling
from core.templatetags.ui import clock
from core.worktime import LONDON, WorkingTime

LEFT, WIDTH, HEIGHT = 10, 700, 176
RIGHT = WIDTH - 20
LANES = {Side.CHARITY: 66, Side.AGENCY: 126}
CLEAR = 24
"""A mark nearer than this to the one before is moved to the right."""

STEPS = [
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=7),
]
MOST_TICKS = 7
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Band:
    """A time outside working time."""

    x: float
    width: float


@dataclass(frozen=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True)
class TellingMark:
    """One telling in its lane; `number` is its row in the table."""

    x: float
    y: float
    number: int
    side: str
    nobody: bool


@dataclass(frozen=True)
class Timeline:
    bands: list[Band]
    ticks: list[Tick]
    marks: list[TellingMark]
    lanes: list[tuple[str, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT


def timeline_of(tellings: list[SimulatedTelling], start: datetime, worktime: WorkingTime) -> Timeline:
    """The whole drawing, from the start to a little after the last telling."""
    last = max((telling.at for telling in tellings), default=start)
    end = max(last, start + HOUR) + (last - start) / 12
    scale = (RIGHT - LEFT) / (end - start).total_seconds()

    def place(moment: datetime) -> float:
        return round(LEFT + (moment - start).total_seconds() * scale, 1)

    closed = [Band(place(a), round(place(b) - place(a), 1)) for a, b in closed_between(start, end, worktime)]
    ticks = [Tick(place(moment), text) for moment, text in ticks_between(start, end)]
    lanes = [("The charity", LANES[Side.CHARITY]), ("The agencies", LANES[Side.AGENCY])]
    return Timeline(closed, ticks, _marks_of(tellings, place), lanes)


def _marks_of(tellings: list[SimulatedTelling], place: Callable[[datetime], float]) -> list[TellingMark]:
    """A mark for each telling. A mark that would cover the one before is moved to the right."""
    found: list[TellingMark] = []
    latest: dict[Side, TellingMark] = {}
    for number, telling in enumerate(tellings, start=1):
        x = place(telling.at)
        y = float(LANES[telling.side])
        before = latest.get(telling.side)
        if before is not None and x - before.x < CLEAR:
            x = before.x + CLEAR
        mark = TellingMark(x, y, number, telling.side.value, telling.nobody)
        found.append(mark)
        latest[telling.side] = mark
    return found


def closed_between(start: datetime, end: datetime, worktime: WorkingTime) -> list[tuple[datetime, datetime]]:
    """The times outside working time, from start to end."""
    closed, since = [], start
    for opens, closes in worktime.spans(start):
        if opens >= end:
            break
        if opens > since:
            closed.append((since, opens))
        since = closes
    if since < end:
        closed.append((since, end))
    return closed


def ticks_between(start: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """A few round moments with their labels: hours of a day, or days."""
    step = next((each for each in STEPS if (end - start) / each <= MOST_TICKS), STEPS[-1])
    if step >= timedelta(days=1):
        return _day_ticks_between(start, end, step.days)
    local = start.astimezone(LONDON)
    begin = datetime.combine(local.date(), time(), LONDON).astimezone(UTC)
    moments = []
    moment = begin
    while moment < end:
        if moment >= start:
            here = moment.astimezone(LONDON)
            moments.append((moment, _hour_text_of(here)))
        moment += step
    return moments


def _hour_text_of(here: datetime) -> str:
    """The hour in short, such as 9 pm."""
    return clock(here).replace(":00 ", " ")


def _day_ticks_between(start: datetime, end: datetime, every: int) -> list[tuple[datetime, str]]:
    day = start.astimezone(LONDON).date() + timedelta(days=1)
    found = []
    while (moment := datetime.combine(day, time(), LONDON).astimezone(UTC)) < end:
        found.append((moment, f"{day:%a} {day.day}"))
        day += timedelta(days=every)
    return found


def clock_changes(start: datetime, end: datetime) -> list[str]:
    """A sentence for each night on which the clocks change."""
    day, last = start.astimezone(LONDON).date(), end.astimezone(LONDON).date()
    sentences = []
    while day <= last:
        before, after = _offset_of(day), _offset_of(day + timedelta(days=1))
        if after > before:
            sentences.append(f"Clocks go forward on {day:%A} {day.day} {day:%B}: that night is an hour shorter.")
        elif after < before:
            sentences.append(f"Clocks go back on {day:%A} {day.day} {day:%B}: that night is an hour longer.")
        day += timedelta(days=1)
    return sentences


def _offset_of(day: date) -> timedelta:
    return datetime.combine(day, time(), LONDON).utcoffset() or timedelta()
