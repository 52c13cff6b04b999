"""Concerns that name something, for the tests of patterns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from circles.circle.models import Circle
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.pattern.models import Named, Pattern
from concerns.pattern.operations import name_subject
from concerns.raising.operations import raise_concern
from tests.world import World

DAY = timedelta(days=1)
PLATE = "AB12 CDO"


def name_vehicle(
    circle: Circle,
    by: User,
    *,
    at: datetime,
    text: str = PLATE,
    kind: Named = Named.VEHICLE,
    level: Level = Level.LOG,
    **more: Any,
) -> tuple[Concern, list[Pattern]]:
    """Somebody raises a concern at that moment and names a vehicle in it; with the patterns that makes."""
    concern = raise_concern(
        circle, submit_key=uuid4(), level=level, words="A car was waiting outside.", by=by, at=at, **more
    )
    return concern, name_subject(concern, kind=kind, text=text, by=by, at=at)


def pattern_of_three(world: World, **more: Any) -> Pattern:
    """Ben twice in Ely and Dev in Wisbech, within a fortnight."""
    name_vehicle(world.ely, world.ben, at=world.now - 13 * DAY, **more)
    name_vehicle(world.wisbech, world.dev, at=world.now - 5 * DAY, **more)
    _, (pattern,) = name_vehicle(world.ely, world.tom, at=world.now, **more)
    return pattern
