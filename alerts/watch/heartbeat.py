"""Heartbeats: when a task that must not stop last ran; and the two facts at the top of every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from accounts.models import User
from alerts.message.models import Channel, Heartbeat

AHEAD = timedelta(seconds=90)
"""Two clocks may differ by this much. If they differ by more, the time of day was set back."""


def record_heartbeat(name: str, *, at: datetime, detail: str = "") -> None:
    """Record that something ran. It is one statement, so that of two tasks at once the later time stays.

    A stored time in the future is replaced: the time of day was set back, and until then nobody would see a stop.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alerts_heartbeat (name, at, detail) VALUES (%s, %s, %s) "
            "ON CONFLICT (name) DO UPDATE SET detail = EXCLUDED.detail, at = CASE "
            "WHEN alerts_heartbeat.at > EXCLUDED.at + make_interval(secs => %s) THEN EXCLUDED.at "
            "ELSE GREATEST(alerts_heartbeat.at, EXCLUDED.at) END",
            [name, at, detail[:200], AHEAD.total_seconds()],
        )


def age(name: str, *, at: datetime) -> timedelta | None:
    """How long ago something last ran. None if it never did."""
    last = Heartbeat.objects.filter(pk=name).first()
    return None if last is None else at - last.at


@dataclass(frozen=True)
class Glance:
    """What every page shows at its top: the number of unread alerts, and how long ago something last ran."""

    unread: int
    age: timedelta | None


def glance_of(user: User, name: str, *, at: datetime) -> Glance:
    """A person's unread alerts and the age of the heartbeat `name`, in one statement.

    Every page asks this. It is plain SQL because the ORM takes five times as long to write it as the database to answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM alerts_alert WHERE recipient_id = %s AND channel = %s AND read_at IS NULL), "
            "(SELECT at FROM alerts_heartbeat WHERE name = %s)",
            [user.pk, Channel.INBOX.value, name],
        )
        unread, last = cursor.fetchone()
    return Glance(unread if user.is_active else 0, None if last is None else at - last)
