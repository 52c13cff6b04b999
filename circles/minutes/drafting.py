"""The first and the last step of every change to a draft: lock it, and note who saved which answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from circles.meeting.access import MeetingAccess
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from core.errors import Refused

PAGES_KEPT = 20
"""The last changes of a field are remembered for this many pages."""


def lock_draft(meeting: Meeting, *, by: User) -> Meeting:
    """Lock the meeting, and check that its minutes are still a draft and that this person may write them."""
    meeting = lock_meeting(meeting)
    require_draft(meeting, MeetingAccess(by, meeting))
    return meeting


def require_draft(meeting: Meeting, may: MeetingAccess) -> None:
    """Raise Refused unless the minutes of this locked meeting are a draft that this person may write."""
    may.require(MeetingAccess.write_minutes)
    if meeting.is_called_off:
        raise Refused("This meeting was not held, so there are no minutes to write.")
    if meeting.status != Meeting.Status.DRAFT:
        raise Refused("These minutes were sent already. Add a note to them instead.")


def note_saving(
    minutes: Minutes,
    *,
    by: User,
    at: datetime,
    changed: Iterable[str] = (),
    hand: str = "",
    fields: Iterable[str] = (),
) -> None:
    """Note who saved and when, and that the answers in `changed` changed. Saves `fields` in the same query.

    `hand` identifies the open page from which they changed.
    """
    for name in changed:
        versions = minutes.field_versions.setdefault(name, {})
        versions[author_key_of(by, hand)] = version_of(minutes, name) + 1
        for author_key in sorted(versions, key=lambda author_key: versions[author_key])[:-PAGES_KEPT]:
            del versions[author_key]
    saved_before = minutes.saved_by_id
    minutes.saved_at, minutes.saved_by = at, by
    names = [*fields, "field_versions", "saved_at", "saved_by"]
    if saved_before == by.pk:
        # `save` would also log the field `saved_by`, and read the row again only to find the same person.
        Minutes.objects.filter(pk=minutes.pk).update(**{name: getattr(minutes, name) for name in names})
    else:
        minutes.save(update_fields=names)


def author_key_of(by: User, hand: str) -> str:
    """The key of one person with one open page. Their other device has another key."""
    return f"{by.pk}/{hand}"


def version_of(minutes: Minutes, name: str) -> int:
    """How often a field was changed; nought if never."""
    return max(minutes.field_versions.get(name, {}).values(), default=0)


def latest_version_of_others(minutes: Minutes, name: str, by: User, hand: str) -> int:
    """The number of a field's last change by somebody else, or by this person from another page."""
    versions = minutes.field_versions.get(name, {})
    return max(
        (version for author_key, version in versions.items() if author_key != author_key_of(by, hand)), default=0
    )
