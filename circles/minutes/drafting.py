"""What every saving in a draft begins and ends with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from circles.meeting.access import MeetingAccess
from circles.meeting.locking import lock
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from core.errors import Refused

PAGES_KEPT = 20
"""Of how many pages a field's last change is remembered."""


def lock_draft(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting, locked, its minutes still being written by somebody who may."""
    meeting = lock(meeting)
    require_draft(meeting, MeetingAccess(by, meeting))
    return meeting


def require_draft(meeting: Meeting, may: MeetingAccess) -> None:
    """The minutes of this locked meeting are still being written, by somebody who may."""
    may.require(MeetingAccess.write_minutes)
    if meeting.is_called_off:
        raise Refused("This meeting was not held, so there are no minutes to write.")
    if meeting.status != Meeting.Status.DRAFT:
        raise Refused("These minutes were sent already. Add a note to them instead.")


def touch(
    minutes: Minutes,
    *,
    by: User,
    at: datetime,
    changed: Iterable[str] = (),
    hand: str = "",
    fields: Iterable[str] = (),
) -> None:
    """Note who saved last, and when, and that these answers changed, from which page. Saves `fields` in the same trip."""
    for name in changed:
        versions = minutes.field_versions.setdefault(name, {})
        versions[author(by, hand)] = version_of(minutes, name) + 1
        for old in sorted(versions, key=lambda each: versions[each])[:-PAGES_KEPT]:
            del versions[old]
    saved_before = minutes.saved_by_id
    minutes.saved_at, minutes.saved_by = at, by
    names = [*fields, "field_versions", "saved_at", "saved_by"]
    if saved_before == by.pk:
        # The log of fields keeps who saved, and would read the row again only to find the same person.
        Minutes.objects.filter(pk=minutes.pk).update(**{name: getattr(minutes, name) for name in names})
    else:
        minutes.save(update_fields=names)


def author(by: User, hand: str) -> str:
    """Whose change it is: a person's, from one page that they have open. Their other device is another's."""
    return f"{by.pk}/{hand}"


def version_of(minutes: Minutes, name: str) -> int:
    """How often a field was changed."""
    return max(minutes.field_versions.get(name, {}).values(), default=0)


def latest_of_others(minutes: Minutes, name: str, by: User, hand: str) -> int:
    """The last version of a field that somebody else wrote, or this person from another page."""
    versions = minutes.field_versions.get(name, {})
    return max((version for each, version in versions.items() if each != author(by, hand)), default=0)
