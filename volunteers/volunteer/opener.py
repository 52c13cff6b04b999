"""Opens a volunteer's file and notes the sight. A file the person may not see is not found."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight
from volunteers.volunteer.models import Volunteer


def open_volunteer(request: SignedInRequest, reference: str) -> Volunteer:
    """The volunteer of this reference. Raises NotSeen when the file is not this person's to see."""
    everybody = Volunteer.objects.visible_to(request.user).select_related("user", "approved_by")
    volunteer = only_row_of(everybody.filter(reference=reference))
    if volunteer is None:
        raise NotSeen(Volunteer.audit_kind, reference)
    note_sight(volunteer)
    return volunteer
