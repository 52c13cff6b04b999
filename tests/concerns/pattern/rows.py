"""What several concerns name alike."""

from __future__ import annotations

from typing import Any

from concerns.pattern.models import Pattern
from tests.concerns.overview.rows import CHARITY, SEE, reference_of_urgent
from tests.concerns.pattern.naming import DAY, name_vehicle, pattern_of_three
from tests.table import Page, acts, who
from tests.world import World

READ = ("safeguarding lead", "manager")


def a_pattern(world: World) -> list[Any]:
    return [pattern_of_three(world).reference]


def pattern_among_others(world: World) -> list[Any]:
    """The list has one already."""
    pattern_of_three(world)
    return []


def two_more(world: World) -> None:
    for text in ("XY34 ZAB", "XY35 ZAB"):
        pattern_of_three(world, text=text)


def a_fourth_and_fifth(world: World) -> None:
    for days in (1, 2):
        name_vehicle(world.wisbech, world.dev, at=world.now - days * DAY)


def mark_of_pattern(world: World) -> dict[str, Any]:
    """Nothing has joined it since its page was drawn."""
    return {"grew_at": Pattern.objects.latest("grew_at").grew_at.isoformat()}


def is_seen(world: World) -> bool:
    return Pattern.objects.filter(seen_at__isnull=False).exists()


PAGES = [
    Page("concerns:name_subject", of=reference_of_urgent, opens=acts("volunteer", *CHARITY, see=SEE), queries=11),
    Page(
        "concerns:name_subject",
        of=reference_of_urgent,
        opens=acts("volunteer", *CHARITY, see=SEE),
        posts=lambda world: {"kind": "vehicle", "text": "AB12 CDE"},
    ),
    Page("concerns:patterns", of=pattern_among_others, opens=who(*READ, otherwise=403), queries=6, grows=two_more),
    Page("concerns:pattern", of=a_pattern, opens=who(*READ), queries=9, grows=a_fourth_and_fifth),
    Page("concerns:pattern_seen", of=a_pattern, opens=who(*READ), posts=mark_of_pattern, makes=is_seen),
]
