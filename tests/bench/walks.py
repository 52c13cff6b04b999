"""Fifty thousand walks through the engine (`make bench`), from every opening alike; `WALKS=1000` walks fewer."""

from __future__ import annotations

import os
import time

import pytest

from tests.properties.engine.walk import OPENINGS, walked
from tests.world import World

WALKS = int(os.environ.get("WALKS", "50000"))


@pytest.mark.parametrize("name", OPENINGS)
def test_however_long_people_go_on_the_contract_holds(world: World, name: str) -> None:
    begun = time.monotonic()
    walked(name, WALKS // len(OPENINGS))(world)
    print(f"{WALKS // len(OPENINGS):,} walks from “{name}” in {time.monotonic() - begun:.0f} s")
