"""Writes the trail for accounts, which may not import this app."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from core.sight import Recordable


def write_account_entry(
    act: str, record: Recordable, *, by: User | None, at: datetime, recipient: str = "", note: str = ""
) -> None:
    """Write one line, in the transaction of the act. accounts calls it through settings.ON_ACCOUNT_ACT."""
    write_entry(Act(act), record, by=by, at=at, recipient=recipient, note=note)
