"""Opens a core member's record and notes the sight. A record the person may not see is not found."""

from __future__ import annotations

from django.db.models.expressions import Combinable

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember


def open_core_member(request: SignedInRequest, reference: str, **annotations: Combinable) -> CoreMember:
    """The core member of this reference, with the annotations the page needs. Raises NotSeen when he is not this person's to see."""
    everybody = CoreMember.objects.visible_to(request.user)
    core_member = only_row_of(
        everybody.select_related(
            "area", "agency", "practitioner", "deputy_practitioner", "coordinator", "restrictions_verified_by"
        )
        .annotate(story_mark=story_mark(CoreMember.audit_kind), **annotations)
        .filter(reference=reference)
    )
    if core_member is None:
        raise NotSeen(CoreMember.audit_kind, reference)
    note_sight(core_member, why=CoreMemberAccess(request.user, core_member).reason_of_sight)
    note_story(core_member)
    return core_member
