"""When the next rung comes: the whole of a ladder's timing, with nobody told and nothing written."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.defaults import TERMS, charity_or_agency
from concerns.engine.models import EscalationStep
from concerns.ladder.limits import what_is_wrong
from concerns.ladder.models import Clock, Holiday, Rung
from core.worktime import WorkingTime

logger = logging.getLogger(__name__)

NO_CALENDAR = WorkingTime()
"""For clocks that run day and night, which ask no calendar."""


@dataclass(frozen=True)
class Next:
    """A step to come: which round, which rung, when."""

    round: int
    rung: int
    due_at: datetime


@dataclass(frozen=True)
class SidePlan:
    """One side's rungs and clock, as the concern's own version of the ladder has them."""

    clock: Clock
    rungs: list[Rung]
    worktime: WorkingTime

    @property
    def last(self) -> int:
        return len(self.rungs) - 1

    def first(self, start: datetime, *, round_number: int = 1, hasten: bool = False) -> Next:
        """The first rung, so long after the clock's start; at once for a queue reached at once."""
        if hasten:
            return Next(round_number, 0, start)
        return Next(round_number, 0, self.clock.after(start, self.rungs[0].after, self.worktime))

    def answer_due(self, start: datetime) -> datetime:
        """When the clock runs out: somebody should have it by then."""
        return self.clock.after(start, self.clock.acknowledge_within, self.worktime)

    def latest_first_promise(self, at: datetime) -> datetime:
        """How far a promise may reach before a first action is recorded."""
        return self.clock.after(at, self.clock.act_within, self.worktime)

    def following(self, *, round_number: int, rung: int, due_at: datetime, at: datetime, reached: bool) -> Next:
        """The step after one that fired.

        Counted from when that step was due, so that a late sweep catches up; a rung that reached
        nobody is followed at once. After the last rung the last is repeated, one round on, counted
        from now, so that a long silence is not made good by a burst.
        """
        if rung >= self.last:
            again = self.clock.after(at, self.clock.repeat_every, self.worktime)
            return Next(round_number + 1, self.last, again)
        gap = self.rungs[rung + 1].after - self.rungs[rung].after
        due = self.clock.after(due_at, gap, self.worktime) if reached else at
        return Next(round_number, rung + 1, due)

    def outlook(self, step: EscalationStep) -> Iterator[tuple[datetime, str]]:
        """What happens if nobody does anything: which audience when, from a pending step to the first repeat."""
        due, rung = step.due_at, min(step.rung, self.last)
        while rung < self.last:
            yield due, self.rungs[rung].audience
            then = self.following(round_number=step.round, rung=rung, due_at=due, at=due, reached=True)
            due, rung = then.due_at, then.rung
        yield due, self.rungs[self.last].audience


class Plans:
    """The plans of several concerns, at two queries for each ladder not read yet: those of `concerns` at once.

    Each concern keeps its own version of the ladder, and the holidays as they stood when it was raised. A version
    does not change, so one of these may serve a whole sweep.
    """

    def __init__(self, concerns: Iterable[Concern] = ()) -> None:
        self.read: set[int] = set()
        self.rungs: dict[tuple[int, str, str], list[Rung]] = {}
        self.clocks: dict[tuple[int, str, str], Clock] = {}
        self.read_ladders({concern.ladder_id for concern in concerns})

    def read_ladders(self, ladders: set[int]) -> None:
        """Read the versions among these that have not been."""
        new = ladders - self.read
        if not new:
            return
        for rung in Rung.objects.filter(ladder__in=new).order_by("position"):
            self.rungs.setdefault((rung.ladder_id, rung.level, rung.side), []).append(rung)
        for clock in Clock.objects.filter(ladder__in=new):
            self.clocks[clock.ladder_id, clock.level, clock.side] = clock
        self.read |= new

    @cached_property
    def holidays(self) -> list[Holiday]:
        return list(Holiday.objects.all())

    def of(self, concern: Concern, side: Side) -> SidePlan:
        """This side's plan at the concern's level.

        Where the version cannot be climbed (no clock, no rungs, times beyond any use), the ladder that came with
        the service is used, and the error is told: a chain that was broken must not fall silent (E25).
        """
        self.read_ladders({concern.ladder_id})
        key = (concern.ladder_id, concern.pace.value, side.value)
        clock, rungs = self.clocks.get(key), self.rungs.get(key, [])
        wrong = what_is_wrong(clock, rungs, level=concern.pace, side=side)
        if clock is None or wrong:
            told = {"concern": concern.reference, "why": wrong}
            logger.error("a ladder is broken; the first one is used", extra=told)
            clock, rungs = default_plan(concern, side)
        return SidePlan(clock, rungs, NO_CALENDAR if clock.day_and_night else self.worktime_of(concern))

    def worktime_of(self, concern: Concern) -> WorkingTime:
        return WorkingTime({each.day for each in self.holidays if each.held_at(concern.received_at)})

    def holidays_changed_since(self, concern: Concern) -> bool:
        """Whether the list is another one now than the one this concern keeps; where no clock counts by it, no."""
        self.read_ladders({concern.ladder_id})
        mine = [clock for (ladder, *_), clock in self.clocks.items() if ladder == concern.ladder_id]
        if all(clock.day_and_night for clock in mine if clock.level == concern.level):
            return False
        then = {each.day for each in self.holidays if each.held_at(concern.received_at)}
        return then != {each.day for each in self.holidays if each.removed_at is None}


def started(concern: Concern, side: Side) -> datetime:
    """When a side's clock started: the agencies' with the queue, the charity's with the concern, or anew."""
    if side == Side.AGENCY and concern.queued_at is not None:
        return concern.queued_at
    return concern.reopened_at or concern.received_at


def default_plan(concern: Concern, side: Side) -> tuple[Clock, list[Rung]]:
    """The first ladder's clock and rungs for a level and side, from the code and not from the table."""
    level = concern.pace
    terms = TERMS[level]
    within, audiences, times = charity_or_agency(level, side)
    clock = Clock(
        ladder=concern.ladder,
        level=level,
        side=side,
        acknowledge_within=within,
        act_within=terms.act_within,
        repeat_every=terms.step,
        day_and_night=terms.day_and_night,
    )
    rungs = [
        Rung(ladder=concern.ladder, level=level, side=side, position=position, audience=audience, after=after)
        for position, (audience, after) in enumerate(zip(audiences, times, strict=True))
    ]
    return clock, rungs


def plan_for(concern: Concern, side: Side) -> SidePlan:
    """One side's plan of one concern."""
    return Plans([concern]).of(concern, side)
