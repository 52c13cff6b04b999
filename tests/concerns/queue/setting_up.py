"""What the tests of queues begin with: areas worked in."""

from __future__ import annotations

from accounts.models import Area
from accounts.operations import choose_areas
from tests.world import World


def work_in(world: World, *codes: str) -> None:
    """Hana adds these to the areas worked in."""
    before = Area.objects.worked_in()
    choose_areas({*before, *Area.objects.filter(code__in=codes)}, by=world.hana, at=world.now)
