"""Lines for what is done to accounts, which stand below the trail and so cannot write it themselves."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from core.sight import Recordable


def write_line(
    act: str, record: Recordable, *, by: User | None, at: datetime, recipient: str = "", note: str = ""
) -> None:
    """One line, in the transaction of the act. Called by accounts through settings.ON_ACCOUNT_ACT."""
    recorded(Act(act), record, by=by, at=at, recipient=recipient, note=note)
