"""What every saving in a draft begins and ends with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from circles.access import MeetingAccess
from circles.models import Meeting, Minutes
from core.errors import Refused


def lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("circle").get(pk=meeting.pk)


def lock_draft(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting, locked, its minutes still being written by somebody who may."""
    meeting = lock(meeting)
    MeetingAccess(by, meeting).require("write_minutes")
    if meeting.is_called_off:
        raise Refused("This meeting was not held, so there are no minutes to write.")
    if meeting.status != Meeting.Status.DRAFT:
        raise Refused("These minutes were sent already. Add a note to them instead.")
    return meeting


def touch(minutes: Minutes, *, by: User, at: datetime, changed: Iterable[str] = ()) -> None:
    """Note who saved last, and when, and that these fields changed."""
    for name in changed:
        minutes.field_versions.setdefault(name, {})[str(by.pk)] = version_of(minutes, name) + 1
    minutes.saved_at, minutes.saved_by = at, by
    minutes.save(update_fields=["field_versions", "saved_at", "saved_by"])


def version_of(minutes: Minutes, name: str) -> int:
    """How often a field was changed."""
    return max(minutes.field_versions.get(name, {}).values(), default=0)


def latest_of_others(minutes: Minutes, name: str, by: User) -> int:
    """The last version of a field that is somebody else's."""
    versions = minutes.field_versions.get(name, {})
    return max((version for pk, version in versions.items() if pk != str(by.pk)), default=0)
