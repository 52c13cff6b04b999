"""One figure of a circle's health: what it says, where one acts on it, and a small drawing where it has a course."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from circles.overview.timeline import Reader

WIDTH, HEIGHT = 60, 18
STEP = 10
"""From how many per cent on attendance has changed and is not just uneven."""

LEAST = 2
"""Meetings each half must have before a course is told."""

UP, STEADY, DOWN = "up", "steady", "down"


@dataclass(frozen=True)
class Course:
    """How something went, drawn and in a word."""

    word: str
    line: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Figure:
    """`must_act` marks what somebody must act on; the words alone must say so too."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    must_act: bool = False
    course: Course | None = None


@dataclass(frozen=True)
class Fact:
    """A figure that is looked up: `find` answers one row with one column, or none, of the circle that is `OuterRef`."""

    find: Callable[[User], QuerySet[Any, Any]]
    say: Callable[[Any, Reader], Figure | None]


def course_of(earlier: Sequence[float], recent: Sequence[float]) -> Course | None:
    """Shares from 0 to 1, oldest first, of the two halves of a time; None when either has too few."""
    if min(len(earlier), len(recent)) < LEAST:
        return None
    change = round(100 * (sum(recent) / len(recent) - sum(earlier) / len(earlier)), 6)
    word = STEADY if abs(change) < STEP else UP if change > 0 else DOWN
    return Course(word, drawn(smoothed([*earlier, *recent])))


def smoothed(shares: Sequence[float]) -> list[float]:
    """Each with its neighbours, because one evening alone is only there or not."""
    near = [shares[max(0, place - 1) : place + 2] for place in range(len(shares))]
    return [sum(some) / len(some) for some in near]


def drawn(shares: Sequence[float]) -> str:
    """The points of the line, as SVG writes them."""
    apart = (WIDTH - 4) / (len(shares) - 1)
    return " ".join(
        f"{2 + place * apart:.1f},{2 + (HEIGHT - 4) * (1 - share):.1f}" for place, share in enumerate(shares)
    )
