"""Records of the registers, to start a test from: Fay and Hana keep them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from concerns.disclosure.models import DisclosureRequest
from concerns.disclosure.operations import ask_disclosure, put_to_agency
from concerns.incident.models import SeriousIncident
from concerns.incident.operations import add_incident
from concerns.low_level.models import LowLevelConcern
from concerns.low_level.operations import record_low_level
from concerns.referral.models import SafeguardingReferral
from concerns.referral.operations import make_referral, start_referral
from tests.world import World

WHAT = "A boy of about eight is with him every Saturday, and his mother does not know."


def referral(world: World, **more: Any) -> SafeguardingReferral:
    """To be made, known an hour ago."""
    given = {
        "kind": "mash",
        "what": WHAT,
        "made_to": "Cambridgeshire MASH",
        "known_at": world.now - timedelta(hours=1),
        "by": world.fay,
        "at": world.now,
        **more,
    }
    return start_referral(**given)


def safeguarding_referral(world: World, **more: Any) -> SafeguardingReferral:
    """Referred, and waiting for their decision."""
    return make_referral(referral(world, **more), spoken_to="Jan, on the desk", by=world.fay, at=world.now)


def low_level(world: World, **more: Any) -> LowLevelConcern:
    """Tom gave Paul a lift, written down by Fay."""
    given = {
        "about": world.tom,
        "theme": "boundary",
        "words": "He gave Paul a lift home.",
        "told_by": "Another volunteer",
        "done": "Spoken with.",
        "by": world.fay,
        "at": world.now,
        **more,
    }
    return record_low_level(happened_on=given["at"].date() - timedelta(days=1), **given)


def incident(world: World, **more: Any) -> SeriousIncident:
    """A candidate, known an hour ago."""
    given = {
        "kind": "safeguarding",
        "what": "A volunteer met him alone for weeks.",
        "by": world.hana,
        "at": world.now,
        "known_at": world.now - timedelta(hours=1),
        **more,
    }
    return add_incident(**given)


ASKED: dict[str, Any] = {
    "who": "The landlord of the flats he cleans.",
    "who_kind": "employer",
    "why": "Two families with children live there.",
    "else_considered": "He could tell them himself, and says that he will not.",
    "soon": "ordinary",
}


def disclosure_request(world: World, **more: Any) -> DisclosureRequest:
    """Written by Ann, not with the lead agency yet."""
    return ask_disclosure(world.ely, **{**ASKED, "by": world.ann, "at": world.now, **more})


def with_agency(world: World, **more: Any) -> DisclosureRequest:
    return put_to_agency(
        disclosure_request(world, **more), put_to="DS Moore, public protection", by=world.ann, at=world.now
    )
