"""The page of a circle's timeline."""

from __future__ import annotations

from typing import Any

from tests.circles.life.living import approved_meeting
from tests.circles.overview.rows import SEE, ely
from tests.circles.risk.risk_reviews import signed_off_risk_review
from tests.table import Page, who
from tests.world import World


def ely_signed_off(world: World) -> list[Any]:
    """With a round whose total stands in the timeline."""
    signed_off_risk_review(world, due_in=7)
    return ely(world)


def more_life(world: World) -> list[Any]:
    return [approved_meeting(world, world.ely.meetings.count()) for _ in range(2)]


PAGES = [
    Page("circles:timeline", of=ely, opens=who(*SEE), queries=9, grows=more_life),
    Page("circles:timeline", of=ely_signed_off, opens=who(*SEE), queries=8, counts_as="coordinator"),
]
