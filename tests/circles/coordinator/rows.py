"""Giving a circle to another coordinator."""

from __future__ import annotations

from typing import Any

from tests.concerns.engine.raising import worry
from tests.table import Page, acts
from tests.world import World

SEE = ("volunteer", "coordinator", "manager", "safeguarding lead")


def ely_with_a_worry(world: World) -> list[Any]:
    worry(world)
    return [world.ely.reference]


PAGES = [
    Page("circles:coordinator", of=ely_with_a_worry, opens=acts("manager", see=SEE), queries=12),
    Page(
        "circles:coordinator",
        of=lambda world: [world.ely.reference],
        opens=acts("manager", see=SEE),
        posts=lambda world: {"coordinator": world.pat.pk},
    ),
]
