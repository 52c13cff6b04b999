"""Ann tells Esi about Ben's worry: a share to start a test from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import Agency
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.share.choices import Condition, Gateway, LawfulBasis, Marking, Method, Told
from concerns.share.models import Share
from concerns.share.operations import propose_share
from concerns.share.recipient import OtherRecipient
from offenders.contact.models import Contact
from offenders.contact.operations import add_contact, verify_contact
from tests.concerns.engine.raising import worry
from tests.world import World

TOLD: dict[str, Any] = {
    "text": "On Saturdays he mends bikes with two boys of about 8 and 10.",
    "purpose": "He may not be alone with anyone under 16.",
    "gateway": Gateway.CRIME_AND_DISORDER,
    "basis": LawfulBasis.LEGITIMATE_INTERESTS,
    "condition": Condition.SAFEGUARDING,
    "necessity": "Less would not let her find the boys.",
    "told_core_member": Told.NO,
    "told_why": "It could put the boys at risk.",
}

BY_HAND: dict[str, Any] = {
    "recipient_name": "Esi Okafor",
    "recipient_role": "Offender manager",
    "recipient_agency": "Cambridgeshire police",
}
"""Whom, as the form asks it."""

TYPED: dict[str, Any] = {
    **BY_HAND,
    **TOLD,
    "method": "telephone",
    "marking": Marking.OFFICIAL_SENSITIVE,
    "handling": "Keep it to yourself.",
}
"""A whole form, as Ann types it."""


def esi(world: World, account: bool = True) -> OtherRecipient:
    """Esi, written down by hand."""
    return OtherRecipient(
        name="Esi Okafor",
        role="Offender manager",
        agency="Cambridgeshire police",
        account=world.esi if account else None,
    )


def sergeant(world: World, *, rung_days_ago: int | None = None, **more: Any) -> Contact:
    """Sgt Moira Lane, who has Paul's case, rung so many days ago, or never."""
    given = {
        "name": "Sgt Moira Lane",
        "role": "Case officer",
        "agency": Agency.objects.get(kind="police"),
        "duty_desk": "Front desk, Ely",
        "telephone": "01632 960 400",
        **more,
    }
    contact = add_contact(world.core_member, by=world.ann, at=world.now - timedelta(days=200), **given)
    if rung_days_ago is not None:
        contact = verify_contact(contact, by=world.ann, at=world.now - timedelta(days=rung_days_ago))
    return contact


def share_for_esi(world: World, concern: Concern | None = None, level: Level = Level.URGENT, **more: Any) -> Share:
    """Proposed, for Esi to read here, unless told otherwise."""
    given = {**TOLD, "method": Method.HERE, "other_recipient": esi(world), **more}
    return propose_share(concern or worry(world, level), by=given.pop("by", world.ann), at=world.now, **given)
