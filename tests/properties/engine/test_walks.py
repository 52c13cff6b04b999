"""Two thousand walks through the engine, the same each time; `EXAMPLES=2` walks twice as many others."""

from __future__ import annotations

import pytest

from tests.examples import TIMES
from tests.properties.engine.walk import OPENINGS, walk_many
from tests.world import World

FROM_EACH = 250


@pytest.mark.parametrize("name", OPENINGS)
def test_whatever_is_done_in_whatever_order_the_contract_holds(world: World, name: str) -> None:
    walk_many(name, FROM_EACH * TIMES, others_each_time=TIMES > 1)(world)
