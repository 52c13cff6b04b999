"""The taps of a goal as a drawing: a row of marks over the weeks; and the same in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from circles.goal.models import Goal, GoalTap
from core.worktime import LONDON

STEP = 18
Y_OF_WAY = {GoalTap.Way.FORWARD: 8, GoalTap.Way.SAME: 18, GoalTap.Way.BACK: 28, GoalTap.Way.NOT_DISCUSSED: 18}
"""The height of each mark, from the top: forward is up, so that the row can be read without colours."""


@dataclass(frozen=True)
class Mark:
    """One meeting's tap."""

    x: int
    y: int
    way: str
    label: str
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
        """The row in words, for people who cannot see it."""
        numbers = [(way.label.lower(), sum(mark.way == way for mark in self.marks)) for way in GoalTap.Way]
        counts = ", ".join(f"{number} {words}" for words, number in numbers if number)
        first, last = (self.marks[place].on.astimezone(LONDON) for place in (0, -1))
        return f"{first.day} {first:%B} to {last.day} {last:%B}: {counts}. The last: {self.marks[-1].label.lower()}."


def progress_of(goals: Iterable[Goal], taps: Iterable[GoalTap]) -> list[Progress]:
    """The progress of each goal. `taps` are those of sent minutes, oldest first."""
    by_goal = {goal.pk: Progress(goal) for goal in goals}
    for tap in taps:
        if tap.goal_id in by_goal:
            marks = by_goal[tap.goal_id].marks
            way = GoalTap.Way(tap.way)
            marks.append(Mark(STEP * (len(marks) + 1), Y_OF_WAY[way], way.value, way.label, tap.meeting.planned_at))
    return list(by_goal.values())
