"""When the next rung comes: the whole of a ladder's timing, with nobody told and nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from concerns.models import Clock, Concern, EscalationStep, Rung, Side, working_time
from core.worktime import WorkingTime

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
    """The plans of several concerns, at a fixed number of queries."""

    def __init__(self, concerns: Iterable[Concern]) -> None:
        ladders = {concern.ladder_id for concern in concerns}
        self.rungs: dict[tuple[int, str, str], list[Rung]] = {}
        for rung in Rung.objects.filter(ladder__in=ladders).order_by("position"):
            self.rungs.setdefault((rung.ladder_id, rung.level, rung.side), []).append(rung)
        self.clocks = {
            (clock.ladder_id, clock.level, clock.side): clock for clock in Clock.objects.filter(ladder__in=ladders)
        }

    @cached_property
    def worktime(self) -> WorkingTime:
        return working_time()

    def of(self, concern: Concern, side: Side) -> SidePlan | None:
        """This side's plan at the concern's level; None without rungs."""
        key = (concern.ladder_id, concern.level, side.value)
        if key not in self.rungs:
            return None
        clock = self.clocks[key]
        return SidePlan(clock, self.rungs[key], NO_CALENDAR if clock.day_and_night else self.worktime)


def started(concern: Concern, side: Side) -> datetime:
    """When a side's clock started: the agencies' with the queue, the charity's with the concern, or anew."""
    if side == Side.AGENCY and concern.queued_at is not None:
        return concern.queued_at
    return concern.reopened_at or concern.received_at


def plan_for(concern: Concern, side: Side) -> SidePlan | None:
    """One side's plan of one concern; None without rungs."""
    return Plans([concern]).of(concern, side)
