"""The pages of his MAPPA category and level, and of a practitioner who changes alone."""

from __future__ import annotations

from typing import Any

from tests.circles.life.rows import date_of
from tests.offenders.rows import SEE
from tests.table import Page, who
from tests.world import World


def paul(world: World) -> list[Any]:
    return [world.core_member.reference]


def level_two(world: World) -> dict[str, Any]:
    return date_of("changed_on", world) | {"category": "1", "level": "2", "why": "The meeting of 3 March decided it."}


PAGES = [
    Page("offenders:change_mappa", of=paul, opens=who(*SEE), queries=6),
    Page("offenders:change_mappa", of=paul, opens=who(*SEE), posts=level_two),
    Page("offenders:change_practitioner", of=paul, opens=who(*SEE), queries=8),
    Page(
        "offenders:change_practitioner",
        of=paul,
        opens=who(*SEE),
        posts=lambda world: {"practitioner": world.lou.pk, "agency": ""},
    ),
]
