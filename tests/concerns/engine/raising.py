"""Concerns for the engine's tests, and ways to look at what it did."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from uuid import uuid4

from alerts.message.models import Alert, Channel
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.handling.second_person_operations import agree_to_end, mark_raised_in_error
from concerns.raising.operations import raise_concern
from tests.world import World

WORDS = "He has been mending bikes for two boys on Saturdays."


def worry(world: World, level: Level = Level.URGENT, at: datetime | None = None) -> Concern:
    """Ben's worry about Paul."""
    return raise_concern(world.ely, submit_key=uuid4(), level=level, words=WORDS, by=world.ben, at=at or world.now)


def ended_in_error(world: World, concern: Concern) -> Concern:
    """Ann proposes that it was typed twice, and Hana agrees."""
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    return agree_to_end(concern, by=world.hana, at=world.now)


def people_mailed(concern: Concern, side: Side | None = None) -> list[str]:
    """The first names of whom e-mail was queued for, in order."""
    key = f"{concern.reference}:{side}:" if side else f"{concern.reference}:"
    mails = Alert.objects.filter(key__startswith=key, channel=Channel.EMAIL).order_by("pk")
    return [alert.recipient.first_name for alert in mails.select_related("recipient")]


def pending(concern: Concern, side: Side) -> EscalationStep:
    return EscalationStep.objects.pending().get(concern=concern, side=side)


def story(concern: Concern) -> list[str]:
    return [f"{event.sentence} {event.detail}".strip() for event in concern.events.order_by("at", "pk")]


def steps_of_copies(one: Concern, count: int, *, due_at: datetime) -> None:
    """The same worry so many times, each with the coordinator's reminder to come."""
    copies = []
    for number in range(count):
        copy = Concern.objects.get(pk=one.pk) if not copies else deepcopy(copies[0])
        copy.pk, copy.reference, copy.submit_key, copy._state.adding = None, f"K-{number:07}", uuid4(), True
        copies.append(copy)
    EscalationStep.objects.bulk_create(
        EscalationStep(concern=copy, side=Side.CHARITY, round=1, rung=1, due_at=due_at)
        for copy in Concern.objects.bulk_create(copies)
    )
