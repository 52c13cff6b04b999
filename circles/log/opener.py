"""Find the meeting whose log is saved, and lock it once for the whole save."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from circles.meeting.models import Meeting
from circles.meeting.opener import find_meeting


def find_draft(request: SignedInRequest, reference: str) -> Meeting:
    """The meeting with this reference and its minutes, both locked until the request ends. Raises NotSeen.

    A meeting whose log was not begun has no minutes and is not locked. If its log is begun at this very moment, it is.
    """
    begun = Meeting.objects.visible_to(request.user).filter(reference=reference, minutes__isnull=False)
    with_minutes = begun.select_related("circle__core_member", "circle__coordinator", "minutes")
    meeting = with_minutes.select_for_update(of=("self", "minutes")).first()
    if meeting is None:
        meeting = find_meeting(request, reference)
        if getattr(meeting, "minutes", None) is not None:
            return find_draft(request, reference)
    return meeting
