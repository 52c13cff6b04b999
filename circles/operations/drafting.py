"""What every saving in a draft begins and ends with."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from circles.access import MeetingAccess
from circles.models import Meeting, Minutes
from core.errors import Refused


def lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def lock_draft(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting, locked, its minutes still being written by somebody who may."""
    meeting = lock(meeting)
    MeetingAccess(by, meeting).require("write_minutes")
    if meeting.status != Meeting.Status.DRAFT:
        raise Refused("These minutes were sent already. Add a note to them instead.")
    return meeting


def touch(minutes: Minutes, *, by: User, at: datetime) -> None:
    """Note who saved last, and when."""
    minutes.saved_at, minutes.saved_by = at, by
    minutes.save(update_fields=["saved_at", "saved_by"])
