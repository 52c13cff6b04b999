"""Ann tells Esi about Ben's worry: a share to start a test from."""

from __future__ import annotations

from typing import Any

from concerns.models import Concern, Gateway, Level, Method, Share, Told
from concerns.operations import propose_share
from tests.concerns.engine.raising import worry
from tests.world import World

TOLD: dict[str, Any] = {
    "recipient_name": "Esi Okafor",
    "recipient_role": "Offender manager",
    "recipient_agency": "Cambridgeshire police",
    "text": "On Saturdays he mends bikes with two boys of about 8 and 10.",
    "purpose": "He may not be alone with anyone under 16.",
    "gateway": Gateway.CRIME_AND_DISORDER,
    "necessity": "Less would not let her find the boys.",
    "told_core_member": Told.NO,
    "told_why": "It could put the boys at risk.",
}


def told_esi(world: World, concern: Concern | None = None, level: Level = Level.URGENT, **more: Any) -> Share:
    """Proposed, for Esi to read here, unless told otherwise."""
    given = {**TOLD, "method": Method.HERE, "recipient": world.esi, **more}
    return propose_share(concern or worry(world, level), by=given.pop("by", world.ann), at=world.now, **given)
