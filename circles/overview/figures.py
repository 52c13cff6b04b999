"""One figure of a circle's health: label, value, the page to act on it, and how it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from circles.overview.timeline import TimelineReader

WIDTH, HEIGHT = 60, 18
STEP = 10
"""Attendance went up or down when it changed by this many percentage points; less is steady."""

LEAST = 2
"""The number of meetings that each half needs before a change is shown."""

UP, STEADY, DOWN = "up", "steady", "down"


@dataclass(frozen=True)
class Course:
    """How a share changed: in a word, and as the points of a small line for SVG."""

    word: str
    line: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Figure:
    """One figure. `must_act` only colours it: the words must also say that somebody must act."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    must_act: bool = False
    course: Course | None = None


@dataclass(frozen=True)
class Fact:
    """A figure that is looked up. `find` returns a query for one row of one column, with the circle as `OuterRef`.

    `say` makes the figure from that column, or from None.
    """

    find: Callable[[User], QuerySet[Any, Any]]
    say: Callable[[Any, TimelineReader], Figure | None]


def course_of(earlier: Sequence[float], recent: Sequence[float]) -> Course | None:
    """How shares from 0 to 1 changed between two halves of a time, oldest first. None if a half has too few."""
    if min(len(earlier), len(recent)) < LEAST:
        return None
    change = round(100 * (sum(recent) / len(recent) - sum(earlier) / len(earlier)), 6)
    word = STEADY if abs(change) < STEP else UP if change > 0 else DOWN
    return Course(word, _line_points_of(_smoothed([*earlier, *recent])))


def _smoothed(shares: Sequence[float]) -> list[float]:
    """Each share averaged with its neighbours, because a single evening is all or nothing."""
    neighbours = [shares[max(0, index - 1) : index + 2] for index in range(len(shares))]
    return [sum(shares_nearby) / len(shares_nearby) for shares_nearby in neighbours]


def _line_points_of(shares: Sequence[float]) -> str:
    """The points of the line, as SVG writes them."""
    step = (WIDTH - 4) / (len(shares) - 1)
    return " ".join(
        f"{2 + index * step:.1f},{2 + (HEIGHT - 4) * (1 - share):.1f}" for index, share in enumerate(shares)
    )
