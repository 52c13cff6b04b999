"""Handing a concern over from on call."""

from __future__ import annotations

from typing import Any

from concerns.handover.operations import hand_over
from tests.concerns.overview.rows import CHARITY, SEE, an_urgent_one, reference_of_urgent
from tests.table import Page, acts
from tests.world import World

SAID = {
    "happened": "He rang at 21:40 and said he would not see Sunday.",
    "risk_now": "He is at his sister’s. Alone tonight from midnight.",
    "done": "999 at 21:42; an ambulance came at 22:05.",
    "who_told": "The crisis team at 22:30; Sgt Hale at 22:45.",
    "next_steps": "Ring the ward at nine; see his officer.",
}


def concern_handed_over(world: World) -> list[Any]:
    concern = an_urgent_one(world)
    hand_over(concern, **SAID, owner=world.ann, by=world.fay, at=world.now)
    return [concern.reference]


PAGES = [
    Page("concerns:handover", of=concern_handed_over, opens=acts(*CHARITY, see=SEE), queries=11),
    Page(
        "concerns:handover",
        of=reference_of_urgent,
        opens=acts(*CHARITY, see=SEE),
        posts=lambda world: {**SAID, "owner": str(world.hana.pk)},
    ),
    Page("concerns:take_handover", of=concern_handed_over, opens=acts(*CHARITY, see=SEE), posts=lambda world: {}),
]
