"""Ends a person's leave, cover and mobile number when their account ends."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Change, User
from accounts.operations import note_change
from alerts.leave.models import Leave
from alerts.mobile.models import Mobile


def end_cover(person: User, *, by: User, at: datetime) -> None:
    """Call off the person's leave, end the cover they give, and remove their number.

    Called by accounts, in the transaction that ends the account (settings.ON_LEAVING).
    """
    to_come = Leave.objects.select_for_update(of=("self",)).not_cancelled().filter(ends_at__gt=at)
    for leave in to_come.filter(person=person):
        leave.cancelled_at, leave.cancelled_by = at, by
        leave.save(update_fields=["cancelled_at", "cancelled_by"])
        note_change(person, Change.LEAVE_CANCELLED, by=by, at=at, note="account ended")
    for leave in to_come.filter(deputy=person).select_related("person"):
        leave.deputy = None
        leave.save(update_fields=["deputy"])
        note_change(leave.person, Change.COVER_CANCELLED, by=by, at=at, recipient=person.reference)
    mobile = Mobile.objects.select_for_update().filter(person=person).first()
    if mobile is not None:
        mobile.delete()
        note_change(person, Change.NUMBER_REMOVED, by=by, at=at, note="account ended")
