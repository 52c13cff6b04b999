"""Concerns for the engine's tests, and ways to look at what it did."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from alerts.models import Alert, Channel
from concerns.models import Concern, EscalationStep, Level, Side
from concerns.operations import agree_to_end, mark_raised_in_error, raise_concern
from tests.world import World

WORDS = "He has been mending bikes for two boys on Saturdays."


def worry(world: World, level: Level = Level.URGENT, at: datetime | None = None) -> Concern:
    """Ben's worry about Paul."""
    return raise_concern(world.ely, submit_key=uuid4(), level=level, words=WORDS, by=world.ben, at=at or world.now)


def ended_in_error(world: World, concern: Concern) -> Concern:
    """Ann proposes that it was typed twice, and Hana agrees."""
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    return agree_to_end(concern, by=world.hana, at=world.now)


def told(concern: Concern, side: Side | None = None) -> list[str]:
    """The first names of whom e-mail was queued for, in order."""
    key = f"{concern.reference}:{side}:" if side else f"{concern.reference}:"
    mails = Alert.objects.filter(key__startswith=key, channel=Channel.EMAIL).order_by("pk")
    return [alert.recipient.first_name for alert in mails.select_related("recipient")]


def pending(concern: Concern, side: Side) -> EscalationStep:
    return EscalationStep.objects.pending().get(concern=concern, side=side)


def story(concern: Concern) -> list[str]:
    return [f"{event.what} {event.detail}".strip() for event in concern.events.order_by("at", "pk")]
