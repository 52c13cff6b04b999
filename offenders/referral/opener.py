"""Opens a referral and notes the sight. One that the person may not see is not found."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story
from offenders.referral.access import ReferralAccess
from offenders.referral.models import Referral


def open_referral(request: SignedInRequest, reference: str) -> Referral:
    """The referral of this reference. Raises NotSeen when it is not this person's to see."""
    referral = only_row_of(
        Referral.objects.visible_to(request.user)
        .select_related("area", "coordinator", "core_member")
        .annotate(story_mark=story_mark(Referral.audit_kind))
        .filter(reference=reference)
    )
    if referral is None:
        raise NotSeen(Referral.audit_kind, reference)
    note_sight(referral, why=ReferralAccess(request.user, referral).reason_of_sight)
    note_story(referral)
    return referral
