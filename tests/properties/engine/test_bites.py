"""The walks find faults: one known fault is planted at a time, and a few hundred walks must find it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from math import prod
from typing import Any
from unittest.mock import patch

import pytest

from concerns.engine import cover, next_step
from concerns.engine.cover import Recipients
from concerns.handling import merge_operations as merge
from concerns.handling import operations as working
from concerns.handling import promise_operations as promise
from tests.properties.engine.walk import FORKS, LENGTHS, MOST, Tree, open_scene, walk
from tests.world import World

WITHIN = 300
"""Walks, drawn the same each time."""

Fault = Callable[[], Any]


def do_nothing(*args: Any, **given: Any) -> None:
    """Do nothing, in the place of what was to be done."""


def recipients_without_stand_ins(people: Any, candidates: Any, *, skip_uncovered: bool, cover: Any) -> Recipients:
    named = list(people)
    return Recipients(people=named, present=list(named))


def fortnight_from(*args: Any, at: datetime) -> datetime:
    return at + timedelta(days=14)


FAULTS: dict[str, tuple[str, Fault, str]] = {
    "a hold outlives its level": (
        "two of priority",
        lambda: patch.object(next_step, "end_hold", do_nothing),
        "waits for somebody",
    ),
    "a first promise of a fortnight": (
        "log and urgent",
        lambda: patch.object(promise, "latest_end_of_promise", fortnight_from),
        "due .*, allowed",
    ),
    "a join forgets the stricter level": (
        "priority and immediate",
        lambda: patch.object(merge, "change_level", do_nothing),
        "the lesser level stays",
    ),
    "what has ended goes on": (
        "two of priority",
        lambda: patch.object(working, "settle_steps", do_nothing),
        "pending for what has ended",
    ),
    "who stands in is not told": (
        "about who covers",
        lambda: patch.object(cover, "_recipients_with_stand_ins", recipients_without_stand_ins),
        "rung 1",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(world: World, name: str) -> None:
    where, fault, said = FAULTS[name]
    with fault(), pytest.raises(AssertionError, match=said):
        walk_from(world, where, random.Random(f"{name}1"))


def walk_from(world: World, where: str, drawn: random.Random) -> None:
    with open_scene(world, where) as scene:
        for _ in range(WITHIN // prod(FORKS)):
            walk(scene, draw_tree(drawn))


def draw_tree(drawn: random.Random, depth: int = 0) -> Tree:
    """Draw one tree as `trees` does, from one seed."""
    some = [drawn.randint(0, MOST) for _ in range(drawn.randint(*LENGTHS[depth]))]
    return some, [draw_tree(drawn, depth + 1) for _ in range(FORKS[depth])] if depth < len(FORKS) else []
