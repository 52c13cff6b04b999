"""When each rung is due: all of a ladder's timing. It tells nobody and writes nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from concerns.choices import Side
from concerns.concern.models import Concern
from concerns.defaults import TERMS, terms_of_side
from concerns.engine.models import EscalationStep
from concerns.ladder.limits import fault_of_side
from concerns.ladder.models import Clock, Holiday, Rung
from core.worktime import WorkingTime

logger = logging.getLogger(__name__)

NO_CALENDAR = WorkingTime()
"""For clocks that run day and night: they need no calendar."""


@dataclass(frozen=True)
class PlannedStep:
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

    def first_step(self, start: datetime, *, round_number: int = 1, at_once: bool = False) -> PlannedStep:
        """The first rung's step; due at the clock's start if `at_once`."""
        if at_once:
            return PlannedStep(round_number, 0, start)
        return PlannedStep(round_number, 0, self.clock.after(start, self.rungs[0].after, self.worktime))

    def answer_due(self, start: datetime) -> datetime:
        """When the clock runs out: somebody should have the concern by then."""
        return self.clock.after(start, self.clock.acknowledge_within, self.worktime)

    def latest_first_promise(self, at: datetime) -> datetime:
        """The latest end of a promise before a first action is recorded."""
        return self.clock.after(at, self.clock.act_within, self.worktime)

    def step_after(self, *, round_number: int, rung: int, due_at: datetime, at: datetime, reached: bool) -> PlannedStep:
        """The step after one that fired.

        It is counted from when that step was due, so that a late sweep catches up. If the rung reached nobody, it is
        due at once. After the last rung the last is repeated in the next round, counted from now, so that a long
        silence does not end in a burst.
        """
        if rung >= self.last:
            again = self.clock.after(at, self.clock.repeat_every, self.worktime)
            return PlannedStep(round_number + 1, self.last, again)
        gap = self.rungs[rung + 1].after - self.rungs[rung].after
        due = self.clock.after(due_at, gap, self.worktime) if reached else at
        return PlannedStep(round_number, rung + 1, due)

    def rungs_from(self, step: EscalationStep) -> Iterator[tuple[datetime, str]]:
        """If nobody does anything: which audience is told when, from a pending step to the last rung."""
        due, rung = step.due_at, min(step.rung, self.last)
        while rung < self.last:
            yield due, self.rungs[rung].audience
            then = self.step_after(round_number=step.round, rung=rung, due_at=due, at=due, reached=True)
            due, rung = then.due_at, then.rung
        yield due, self.rungs[self.last].audience


class Plans:
    """The plans of several concerns. The ladders of `concerns` are read in two queries, others when they are needed.

    Each concern keeps its own version of the ladder, and the holidays as they stood when it was raised. A version
    does not change, so one `Plans` may serve a whole sweep.
    """

    def __init__(self, concerns: Iterable[Concern] = ()) -> None:
        self.read: set[int] = set()
        self.rungs: dict[tuple[int, str, str], list[Rung]] = {}
        self.clocks: dict[tuple[int, str, str], Clock] = {}
        self.read_ladders({concern.ladder_id for concern in concerns})

    def read_ladders(self, ladders: set[int]) -> None:
        """Read those of these versions that were not read yet."""
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

        If the version cannot be used (no clock, no rungs, times that are far too long), the ladder that came with the
        service is used and an error is logged: a broken ladder must not fall silent (E25).
        """
        self.read_ladders({concern.ladder_id})
        key = (concern.ladder_id, concern.pace.value, side.value)
        clock, rungs = self.clocks.get(key), self.rungs.get(key, [])
        fault = fault_of_side(clock, rungs, level=concern.pace, side=side)
        if clock is None or fault:
            facts = {"concern": concern.reference, "why": fault}
            logger.error("a ladder is broken; the first one is used", extra=facts)
            clock, rungs = default_plan(concern, side)
        return SidePlan(clock, rungs, NO_CALENDAR if clock.day_and_night else self.worktime_of(concern))

    def worktime_of(self, concern: Concern) -> WorkingTime:
        return WorkingTime({holiday.day for holiday in self.holidays if holiday.is_listed_at(concern.received_at)})

    def holidays_changed_since(self, concern: Concern) -> bool:
        """Whether the holidays differ from those this concern keeps. False if no clock of it counts working time."""
        self.read_ladders({concern.ladder_id})
        mine = [clock for (ladder, *_), clock in self.clocks.items() if ladder == concern.ladder_id]
        if all(clock.day_and_night for clock in mine if clock.level == concern.level):
            return False
        then = {holiday.day for holiday in self.holidays if holiday.is_listed_at(concern.received_at)}
        return then != {holiday.day for holiday in self.holidays if holiday.removed_at is None}


def clock_start_of(concern: Concern, side: Side) -> datetime:
    """When a side's clock started: the agencies' with the queue, the charity's when it was raised or reopened."""
    if side == Side.AGENCY and concern.queued_at is not None:
        return concern.queued_at
    return concern.reopened_at or concern.received_at


def default_plan(concern: Concern, side: Side) -> tuple[Clock, list[Rung]]:
    """The first ladder's clock and rungs for the concern's level and this side. They come from the code, not the table."""
    level = concern.pace
    terms = TERMS[level]
    within, audiences, times = terms_of_side(level, side)
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
