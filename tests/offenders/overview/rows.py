"""The tabs of a core member's record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from offenders.restriction.operations import add_restriction
from tests.offenders.rows import SEE
from tests.table import Page, who
from tests.world import World


def paul(world: World) -> list[Any]:
    return [world.core_member.reference]


def restrict_twice(world: World) -> None:
    for words in ("No parks.", "No libraries."):
        add_restriction(
            world.core_member,
            source="licence",
            plain_words=words,
            starts_on=world.now.date() - timedelta(days=9),
            by=world.ann,
            at=world.now,
        )


PAGES = [
    Page("offenders:restrictions", of=paul, opens=who(*SEE), queries=7, grows=restrict_twice),
    Page("offenders:record_timeline", of=paul, opens=who(*SEE), queries=8, grows=restrict_twice),
    Page("offenders:who_looked", of=paul, opens=who(*SEE), queries=8),
]
