"""Opens a core member's record and notes the sight. A record the person may not see is not found."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.sight import note_sight
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember


def open_core_member(request: SignedInRequest, reference: str) -> CoreMember:
    """The core member of this reference. Raises NotSeen when he is not this person's to see."""
    everybody = CoreMember.objects.visible_to(request.user)
    core_member = (
        everybody.select_related("area", "agency", "practitioner", "coordinator", "restrictions_verified_by")
        .filter(reference=reference)
        .first()
    )
    if core_member is None:
        raise NotSeen(CoreMember.audit_kind, reference)
    note_sight(core_member, why=CoreMemberAccess(request.user, core_member).reason_of_sight)
    return core_member
