"""Opens a volunteer's file: visible or not found, and the reading is logged here, once."""

from __future__ import annotations

from django.utils import timezone

from accounts.requests import SignedInRequest
from audit.trail import consulted
from core.errors import NotSeen
from volunteers.models import Volunteer


def open_volunteer(request: SignedInRequest, reference: str) -> Volunteer:
    """The volunteer of this reference. Raises NotSeen when the file is not this person's to see."""
    everybody = Volunteer.objects.visible_to(request.user).select_related("user", "approved_by")
    volunteer = everybody.filter(reference=reference).first()
    if volunteer is None:
        raise NotSeen(Volunteer.audit_kind, reference)
    consulted(volunteer, by=request.user, at=timezone.now())
    return volunteer
