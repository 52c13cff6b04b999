"""Messages that reached nobody, and messages that are stuck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from accounts.models import User
from alerts.message.models import Alert, Channel

STUCK_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Missed:
    """Somebody whom a key's messages did not reach, and whether anybody else was."""

    key: str
    person: User
    others_reached: bool


def unreached(*, since: datetime) -> list[Missed]:
    """Whom each way outside the inbox failed for good since then, the first queued first."""
    hopeful = Alert.objects.filter(key=OuterRef("key")).exclude(channel=Channel.INBOX).exclude(state=Alert.State.FAILED)
    failed = Alert.objects.filter(state=Alert.State.FAILED, failed_at__gte=since).select_related("recipient")
    failed = failed.exclude(Exists(hopeful.filter(recipient=OuterRef("recipient")))).order_by("pk")
    return [
        Missed(alert.key, alert.recipient, alert.others_reached)  # type: ignore[attr-defined]
        for alert in failed.annotate(others_reached=Exists(hopeful))
    ]


def stuck(*, at: datetime) -> list[str]:
    """What the watcher says of the outbox: nothing, unless an alert has been due for a quarter of an hour."""
    count = Alert.objects.due(at - STUCK_AFTER).count()
    return [f"{count} alerts are stuck for more than fifteen minutes"] if count else []
