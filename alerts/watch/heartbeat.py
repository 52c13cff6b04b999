"""When something that must not stop last ran, and what every page says at its top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from accounts.models import User
from alerts.message.models import Channel, Heartbeat

AHEAD = timedelta(seconds=90)
"""How far clocks may disagree before the time of day was set back."""


def beat(name: str, *, at: datetime, detail: str = "") -> None:
    """Say that something ran. One statement, so that two clocks at once cannot quarrel: the later stands.

    Unless it lies in the future: then the time of day was set back, and a death would go unseen until it came.
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
    """How long ago something last ran; None if never."""
    last = Heartbeat.objects.filter(pk=name).first()
    return None if last is None else at - last.at


@dataclass(frozen=True)
class Glance:
    """What every page says at its top: alerts not opened yet, and how long ago something last ran (None if never)."""

    unread: int
    age: timedelta | None


def glance_of(user: User, name: str, *, at: datetime) -> Glance:
    """A person's unread alerts and the age of the heartbeat `name`, at one statement.

    Plain SQL, since every page asks: the ORM takes five times as long to write it as the database to answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM alerts_alert WHERE recipient_id = %s AND channel = %s AND read_at IS NULL), "
            "(SELECT at FROM alerts_heartbeat WHERE name = %s)",
            [user.pk, Channel.INBOX.value, name],
        )
        unread, last = cursor.fetchone()
    return Glance(unread if user.is_active else 0, None if last is None else at - last)
