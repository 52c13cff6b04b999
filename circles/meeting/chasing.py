"""Stops the reminders about a meeting’s missing minutes."""

from __future__ import annotations

from datetime import datetime

from alerts.outbox.operations import stop_alerts
from circles.meeting.models import Meeting


def chasing_key_of(meeting: Meeting, rung: str = "") -> str:
    """The key of the reminder of one rung. Without a rung, the beginning of all of them."""
    return f"{meeting.reference}:missing:{rung}"


def stop_chasing(meeting: Meeting, *, at: datetime, why: str = "the minutes were sent") -> None:
    """Stop the reminders that are queued: the minutes are in, or none are due any more.

    Called with the meeting locked.
    """
    stop_alerts(chasing_key_of(meeting), at=at, why=why)
