"""Opens a meeting: visible or not found. `find_…` does not note its sight."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.circle.access import CircleAccess
from circles.meeting.models import Meeting
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story


def find_meeting(request: SignedInRequest, reference: str) -> Meeting:
    """The meeting with this reference, without noting the sight. Raises NotSeen."""
    meetings = Meeting.objects.visible_to(request.user).select_related(
        "circle__core_member",
        "circle__coordinator",
        "minute_taker__user",
        "submitted_by",
        "approved_by",
        "called_off_by",
        "minutes",
    )
    marked = meetings.with_was_short().annotate(story_mark=story_mark(Meeting.audit_kind))
    meeting = only_row_of(marked.filter(reference=reference))
    if meeting is None:
        raise NotSeen(Meeting.audit_kind, reference)
    return meeting


def open_meeting(request: SignedInRequest, reference: str) -> Meeting:
    """The meeting with this reference, noting the sight. Raises NotSeen if this person may not see it."""
    meeting = find_meeting(request, reference)
    why = CircleAccess(request.user, meeting.circle).reason_of_sight
    note_sight(meeting, within=meeting.circle.reference, why=why)
    note_story(meeting)
    return meeting
