"""When a circle meets: its schedule and what departs from it."""

from __future__ import annotations

from typing import Any

from circles.operations import leave_out_slot
from tests.circles.test_schedule import free
from tests.rows.circles import LEAD, SEE, ely
from tests.table import Page, acts, who
from tests.world import World


def left_out(world: World) -> list[Any]:
    leave_out_slot(world.ely, slot_at=free(world), words="Holiday.", by=world.ann, at=world.now)
    return [world.ely.reference, free(world)]


def leaving_out(world: World) -> dict[str, Any]:
    return {"slot": free(world).isoformat(), "kind": "left_out", "words": "Holiday."}


PAGES = [
    Page("circles:schedule", of=ely, opens=who(*SEE), queries=9),
    Page("circles:vary", of=ely, opens=acts(*LEAD, see=SEE), queries=9),
    Page("circles:vary", of=ely, opens=acts(*LEAD, see=SEE), posts=leaving_out),
    Page("circles:put_back", of=left_out, opens=acts(*LEAD, see=SEE), queries=8),
    Page("circles:put_back", of=left_out, opens=acts(*LEAD, see=SEE), posts=lambda world: {}),
    Page("circles:rhythm", of=ely, opens=acts(*LEAD, see=SEE), queries=9),
    Page("circles:rhythm", of=ely, opens=acts(*LEAD, see=SEE), posts=lambda world: {"rhythm": "weekly"}),
]
