"""Stops the reminders about a meeting’s missing minutes."""

from __future__ import annotations

from datetime import datetime

from alerts.outbox.operations import stop_alerts
from circles.meeting.models import Meeting


def key_of(meeting: Meeting, rung: str = "") -> str:
    return f"{meeting.reference}:missing:{rung}"


def stop_chasing(meeting: Meeting, *, at: datetime, why: str = "the minutes were sent") -> None:
    """Nothing more is told once the minutes are in, or none are due; what is queued is stopped.

    Called with the row locked.
    """
    stop_alerts(key_of(meeting), at=at, why=why)
