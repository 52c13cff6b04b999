"""The pages of his MAPPA category and level, and of a practitioner who changes alone."""

from __future__ import annotations

from typing import Any

from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from tests.circles.life.rows import date_of
from tests.offenders.rows import SEE
from tests.table import Page, who
from tests.world import World


def paul(world: World) -> list[Any]:
    return [world.core_member.reference]


def level_two(world: World) -> dict[str, Any]:
    return date_of("changed_on", world) | {"category": "1", "level": "2", "why": "The meeting of 3 March decided it."}


def has_level_two(world: World) -> bool:
    return MappaPeriod.objects.current().filter(core_member=world.core_member, level=2).exists()


PAGES = [
    Page("offenders:change_mappa", of=paul, opens=who(*SEE), queries=6),
    Page("offenders:change_mappa", of=paul, opens=who(*SEE), posts=level_two, makes=has_level_two),
    Page("offenders:change_practitioner", of=paul, opens=who(*SEE), queries=8),
    Page(
        "offenders:change_practitioner",
        of=paul,
        opens=who(*SEE),
        posts=lambda world: {"practitioner": world.lou.pk, "agency": ""},
        makes=lambda world: CoreMember.objects.filter(practitioner=world.lou).exists(),
    ),
]
