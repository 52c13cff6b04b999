"""Settles the alerts of an invented past, so that nobody is told of it now."""

from __future__ import annotations

from datetime import datetime

from alerts.message.models import Alert
from alerts.outbox.operations import read_alert, stop_alerts


def settle_past_alerts(key_prefix: str, *, at: datetime) -> None:
    """Stop the alerts whose key begins so, and mark them read. In the demo they were sent and read long ago."""
    stop_alerts(key_prefix, at=at)
    for alert in Alert.objects.inbox().filter(key__startswith=key_prefix, read_at=None).select_related("recipient"):
        read_alert(alert, by=alert.recipient, at=at)
