"""Find the meeting whose log is saved, and lock it once for the whole save."""

from __future__ import annotations

from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.requests import SignedInRequest
from circles.circle.models import JOINED_CIRCLES
from circles.log.models import presences_in_log
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import find_meeting
from core.rows import only_row_of


def access_to_draft(request: SignedInRequest, reference: str, *, at: datetime) -> MeetingAccess:
    """What this person may do with a draft, which is locked until the request ends. Raises NotSeen."""
    meeting = find_draft(request, reference, at=at)
    may = MeetingAccess(request.user, meeting)
    if hasattr(meeting, "reader_belongs"):
        may.belongs = meeting.reader_belongs
    return may


def find_draft(request: SignedInRequest, reference: str, *, at: datetime) -> Meeting:
    """The meeting with this reference and its minutes, both locked until the request ends. Raises NotSeen.

    The same statement reads whether the reader belongs to the circle, and who has the log open. Where nobody has begun
    the log there are no minutes, and nothing is locked. If somebody begins it meanwhile, the meeting is looked up again.
    """
    belongs = ExpressionWrapper(Q(circle__in=JOINED_CIRCLES(request.user.pk)), output_field=BooleanField())
    begun = Meeting.objects.visible_to(request.user).filter(reference=reference, minutes__isnull=False)
    with_minutes = begun.select_related("circle__core_member", "circle__coordinator", "minutes")
    drafts = with_minutes.annotate(reader_belongs=belongs, presences=presences_in_log(at))
    meeting = only_row_of(drafts.select_for_update(of=("self", "minutes")))
    if meeting is None:
        meeting = find_meeting(request, reference)
        if getattr(meeting, "minutes", None) is not None:
            return find_draft(request, reference, at=at)
    return meeting
