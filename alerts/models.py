"""The tables of the rooms, for Django alone: whoever needs one imports it from its room."""

from alerts.hours.models import Preference
from alerts.leave.models import Leave
from alerts.message.models import Alert, Attempt, Heartbeat
from alerts.mobile.models import Mobile
from alerts.pause.models import SendingPause
from alerts.receipt.models import Bounce

__all__ = [
    "Alert",
    "Attempt",
    "Bounce",
    "Heartbeat",
    "Leave",
    "Mobile",
    "Preference",
    "SendingPause",
]
