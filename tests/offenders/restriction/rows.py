"""The pages on which a restriction is varied or ends."""

from __future__ import annotations

from typing import Any

from offenders.restriction.models import Restriction, RestrictionAddendum
from tests.circles.life.rows import date_of
from tests.offenders.rows import SEE
from tests.table import Page, who
from tests.world import World


def pauls(world: World) -> list[Any]:
    """The one he has: not to be alone with anyone under sixteen."""
    return [world.core_member.reference, world.core_member.restrictions.get().pk]


def fields_of_variation(world: World) -> dict[str, Any]:
    said = {"verified_with": "Sgt Okafor, case officer"} | date_of("verified_on", world)
    words = {"source": "shpo", "category": "children", "plain_words": "He must not be with anyone under 18."}
    return words | said | date_of("starts_on", world)


def fields_of_end(world: World) -> dict[str, Any]:
    return date_of("ends_on", world) | {"why": "Sgt Okafor: the court discharged the order."}


def is_varied(world: World) -> bool:
    return Restriction.objects.filter(core_member=world.core_member).exclude(varies=None).exists()


def is_ended(world: World) -> bool:
    return Restriction.objects.filter(core_member=world.core_member).exclude(ended_at=None).exists()


PAGES = [
    Page("offenders:vary_restriction", of=pauls, opens=who(*SEE), queries=7),
    Page("offenders:vary_restriction", of=pauls, opens=who(*SEE), posts=fields_of_variation, makes=is_varied),
    Page("offenders:put_restriction_right", of=pauls, opens=who(*SEE), queries=7),
    Page(
        "offenders:put_restriction_right",
        of=pauls,
        opens=who(*SEE),
        posts=lambda world: {"words": "It is under 18."},
        makes=lambda world: RestrictionAddendum.objects.exists(),
    ),
    Page("offenders:end_restriction", of=pauls, opens=who(*SEE), queries=7),
    Page("offenders:end_restriction", of=pauls, opens=who(*SEE), posts=fields_of_end, makes=is_ended),
]
