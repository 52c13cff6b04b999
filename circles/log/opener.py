"""Opens a draft to save in it: one lock at the top of a save, and all that follows is built under it."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from circles.meeting.models import Meeting
from circles.meeting.opener import find_meeting


def find_draft(request: SignedInRequest, reference: str) -> Meeting:
    """The meeting of this reference and its minutes, both locked until the request ends. Raises NotSeen.

    A meeting whose log was not begun is answered without its minutes, and not locked; one begun this very moment is.
    """
    begun = Meeting.objects.visible_to(request.user).filter(reference=reference, minutes__isnull=False)
    with_minutes = begun.select_related("circle__core_member", "circle__coordinator", "minutes")
    meeting = with_minutes.select_for_update(of=("self", "minutes")).first()
    if meeting is None:
        meeting = find_meeting(request, reference)
        if getattr(meeting, "minutes", None) is not None:
            return find_draft(request, reference)
    return meeting
