"""People whose messages failed, and alerts that are stuck."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from alerts.message.models import Alert, Channel

STUCK_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Missed:
    """A person whom the messages of one key did not reach, and whether they reached anybody else."""

    key: str
    person: User
    others_reached: bool


HOPEFUL = Alert.objects.filter(key=OuterRef("key")).exclude(channel=Channel.INBOX).exclude(state=Alert.State.FAILED)
"""The messages of the same key that arrived, or may still arrive, outside the inbox."""


def failed_alerts(*, since: datetime) -> QuerySet[Alert]:
    """The alerts that failed for good since then, where no other channel reached that person either."""
    failed = Alert.objects.filter(state=Alert.State.FAILED, failed_at__gte=since)
    return failed.exclude(Exists(HOPEFUL.filter(recipient=OuterRef("recipient"))))


def unreached(*, since: datetime) -> list[Missed]:
    """The people for whom every channel but the inbox has failed for good since then, the earliest first."""
    failed = failed_alerts(since=since).select_related("recipient").order_by("pk")
    return [
        Missed(alert.key, alert.recipient, alert.others_reached)
        for alert in failed.annotate(others_reached=Exists(HOPEFUL))
    ]


def stuck_alerts(*, at: datetime) -> QuerySet[Alert]:
    """The alerts that have been due for a quarter of an hour."""
    return Alert.objects.due(at - STUCK_AFTER)
