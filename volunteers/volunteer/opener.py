"""Opens a volunteer's file and notes the sight. A file the person may not see is not found."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story
from volunteers.volunteer.models import Volunteer


def open_volunteer(request: SignedInRequest, reference: str) -> Volunteer:
    """The volunteer of this reference. Raises NotSeen when the file is not this person's to see."""
    everybody = Volunteer.objects.visible_to(request.user).select_related("user", "approved_by")
    marked = everybody.annotate(story_mark=story_mark(Volunteer.audit_kind))
    volunteer = only_row_of(marked.filter(reference=reference))
    if volunteer is None:
        raise NotSeen(Volunteer.audit_kind, reference)
    note_sight(volunteer)
    note_story(volunteer)
    return volunteer
