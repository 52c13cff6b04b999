"""When the next rung comes: the whole of a ladder's timing, with nobody told and nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from concerns.models import Clock, Concern, Rung, Side
from core.worktime import WorkingTime


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

    def first(self, start: datetime, *, round_number: int = 1) -> Next:
        """The first rung, so long after the clock's start."""
        return Next(round_number, 0, self.clock.after(start, self.rungs[0].after, self.worktime))

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


def plan_for(concern: Concern, side: Side, worktime: WorkingTime) -> SidePlan | None:
    """This side's plan at the concern's level, from the version it was raised on; None without rungs."""
    chosen = {"level": concern.level, "side": side}
    rungs = list(concern.ladder.rungs.filter(**chosen).order_by("position"))
    if not rungs:
        return None
    return SidePlan(concern.ladder.clocks.get(**chosen), rungs, worktime)
