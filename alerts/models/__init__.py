"""The outbox's tables: alerts and their tries, the clocks' heartbeats, and how each person is reached."""

from alerts.models.bounce import Bounce
from alerts.models.cover import Cover
from alerts.models.leave import Leave
from alerts.models.mobile import Mobile
from alerts.models.outbox import Alert, Attempt, Channel, Heartbeat, Urgency, Wording
from alerts.models.pause import SendingPause
from alerts.models.preference import Preference

__all__ = [
    "Alert",
    "Attempt",
    "Bounce",
    "Channel",
    "Cover",
    "Heartbeat",
    "Leave",
    "Mobile",
    "Preference",
    "SendingPause",
    "Urgency",
    "Wording",
]
