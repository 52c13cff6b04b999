"""Records that a provider refuses us, and that it takes messages again."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from alerts.message.models import Alert, Channel, Heartbeat

logger = logging.getLogger(__name__)

TROUBLE = "refused:"
"""A refusal is a heartbeat with this name before its channel."""


def note_trouble(channel: str, why: str, *, at: datetime) -> None:
    """Record that a provider refuses us, since when and with what answer. It is logged once."""
    known, is_new = Heartbeat.objects.get_or_create(name=TROUBLE + channel, defaults={"at": at, "detail": why[:200]})
    if is_new:
        logger.error("a provider refuses us", extra={"channel": channel, "why": why})
    elif known.detail != why[:200]:
        Heartbeat.objects.filter(pk=known.pk).update(detail=why[:200])


def refuses_us(channel: str) -> bool:
    """Whether this channel's provider refuses us now."""
    return Heartbeat.objects.filter(pk=TROUBLE + channel).exists()


def end_trouble(*, at: datetime) -> None:
    """End each refusal after which something went out; what waited because of it becomes due now."""
    for trouble in Heartbeat.objects.filter(name__startswith=TROUBLE):
        channel = trouble.name.removeprefix(TROUBLE)
        if Alert.objects.filter(channel=channel, state=Alert.State.SENT, sent_at__gte=trouble.at).exists():
            trouble.delete()
            waiting = Alert.objects.filter(channel=channel, state=Alert.State.QUEUED, attempts__gt=0)
            waiting.filter(next_attempt_at__gt=at, queued_at__lte=at).update(next_attempt_at=at)


def refusals() -> QuerySet[Heartbeat]:
    """Each provider that refuses us, with its answer."""
    return Heartbeat.objects.filter(name__startswith=TROUBLE)


def refusal_sentences(heartbeats: Iterable[Heartbeat]) -> list[str]:
    """A sentence for the watcher about each refusal among these."""
    refused = sorted((beat.name, beat.detail) for beat in heartbeats if beat.name.startswith(TROUBLE))
    return [refusal_sentence(name, why) for name, why in refused]


def refusal_sentence(name: str, why: str) -> str:
    channel = _name_of(name.removeprefix(TROUBLE))
    return f"sending by {channel} is refused ({why}): put the account right; nobody’s address is at fault"


def _name_of(channel: str) -> str:
    """What people call a channel. One that has no name any more goes by its own word: its refusal is told all the same."""
    return str(dict(Channel.choices).get(channel, channel)).lower()
