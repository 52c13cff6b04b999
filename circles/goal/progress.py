"""A goal's taps as drawn: a small row of marks over the weeks, and the table that says the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from circles.goal.models import Goal, GoalTap
from core.worktime import LONDON

STEP = 18
HIGH = {GoalTap.Way.FORWARD: 8, GoalTap.Way.SAME: 18, GoalTap.Way.BACK: 28, GoalTap.Way.NOT_DISCUSSED: 18}
"""How far down a mark stands: up is forward, so that the row reads without its colours."""


@dataclass(frozen=True)
class Mark:
    """One meeting's tap."""

    x: int
    y: int
    way: str
    said: str
    on: datetime


@dataclass(frozen=True)
class Progress:
    """One goal and its taps, oldest first."""

    goal: Goal
    marks: list[Mark] = field(default_factory=list)

    @property
    def width(self) -> int:
        return STEP * (len(self.marks) + 1)

    @property
    def summary(self) -> str:
        """The row in words, for who cannot see it."""
        counted = [(way.label.lower(), sum(mark.way == way for mark in self.marks)) for way in GoalTap.Way]
        told = ", ".join(f"{number} {words}" for words, number in counted if number)
        first, last = (self.marks[place].on.astimezone(LONDON) for place in (0, -1))
        return f"{first.day} {first:%B} to {last.day} {last:%B}: {told}. The last: {self.marks[-1].said.lower()}."


def progress_of(goals: Iterable[Goal], taps: Iterable[GoalTap]) -> list[Progress]:
    """Each goal with the taps of meetings whose minutes were sent; `taps` come oldest first."""
    drawn = {goal.pk: Progress(goal) for goal in goals}
    for tap in taps:
        if tap.goal_id in drawn:
            marks = drawn[tap.goal_id].marks
            way = GoalTap.Way(tap.way)
            marks.append(Mark(STEP * (len(marks) + 1), HIGH[way], way.value, way.label, tap.meeting.planned_at))
    return list(drawn.values())
