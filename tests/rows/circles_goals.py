"""Goals, actions, measures, what came afterwards, and paper."""

from __future__ import annotations

from typing import Any

from circles.models import Goal
from circles.operations import open_goal
from tests.rows.circles import LEAD, SEE, ely
from tests.table import Page, acts, who
from tests.world import World


def goal(world: World, words: str = "I want to ring my sister every Sunday.") -> Goal:
    return open_goal(
        world.ely, aim=Goal.Aim.SUPPORT, words=words, reason="He asked for it.", by=world.ann, at=world.now
    )


def ely_and_a_goal(world: World) -> list[Any]:
    return [*ely(world), goal(world).reference]


A_GOAL = {"words": "I want to cook for myself.", "aim": "support", "reason": "He said so."}

PAGES = [
    Page("circles:goals", of=ely, opens=who(*SEE), queries=9, grows=lambda world: [goal(world), goal(world)]),
    Page("circles:open_goal", of=ely, opens=acts(*LEAD, see=SEE), queries=7),
    Page("circles:open_goal", of=ely, opens=acts(*LEAD, see=SEE), posts=lambda world: A_GOAL),
    Page("circles:end_goal", of=ely_and_a_goal, opens=acts(*LEAD, see=SEE), queries=8),
    Page("circles:end_goal", of=ely_and_a_goal, opens=acts(*LEAD, see=SEE), posts=lambda world: {"reason": "Done."}),
]
