"""Fifty thousand walks through the engine (`make bench`), from every opening alike; `WALKS=1000` walks fewer."""

from __future__ import annotations

import os
import time

import pytest

from tests.properties.engine.walk import OPENINGS, walk_many
from tests.world import World

WALKS = int(os.environ.get("WALKS", "50000"))
FORKS = [4, 10]
"""Forty walks begin alike, so that most of the steps taken are last ones, each judged in a state of its own."""


@pytest.mark.parametrize("name", OPENINGS)
def test_however_long_people_go_on_the_contract_holds(world: World, name: str) -> None:
    begun = time.monotonic()
    walk_many(name, WALKS // len(OPENINGS), forks=FORKS)(world)
    print(f"{WALKS // len(OPENINGS):,} walks from “{name}” in {time.monotonic() - begun:.0f} s")
