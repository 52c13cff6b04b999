"""What several concerns name alike."""

from __future__ import annotations

from typing import Any

from concerns.pattern.models import Pattern
from tests.concerns.overview.rows import CHARITY, SEE, urgent
from tests.concerns.pattern.naming import DAY, naming, three_alike
from tests.table import Page, acts, who
from tests.world import World

READ = ("safeguarding lead", "manager")


def a_pattern(world: World) -> list[Any]:
    return [three_alike(world).reference]


def among_others(world: World) -> list[Any]:
    """The list has one already."""
    three_alike(world)
    return []


def two_more(world: World) -> None:
    for text in ("XY34 ZAB", "XY35 ZAB"):
        three_alike(world, text=text)


def a_fourth_and_fifth(world: World) -> None:
    for days in (1, 2):
        naming(world.wisbech, world.dev, at=world.now - days * DAY)


def as_it_is(world: World) -> dict[str, Any]:
    """Nothing has joined it since its page was drawn."""
    return {"grew_at": Pattern.objects.latest("grew_at").grew_at.isoformat()}


def is_seen(world: World) -> bool:
    return Pattern.objects.filter(seen_at__isnull=False).exists()


PAGES = [
    Page("concerns:name_subject", of=urgent, opens=acts("volunteer", *CHARITY, see=SEE), queries=11),
    Page(
        "concerns:name_subject",
        of=urgent,
        opens=acts("volunteer", *CHARITY, see=SEE),
        posts=lambda world: {"kind": "vehicle", "text": "AB12 CDE"},
    ),
    Page("concerns:patterns", of=among_others, opens=who(*READ, otherwise=403), queries=6, grows=two_more),
    Page("concerns:pattern", of=a_pattern, opens=who(*READ), queries=9, grows=a_fourth_and_fifth),
    Page("concerns:pattern_seen", of=a_pattern, opens=who(*READ), posts=as_it_is, makes=is_seen),
]
