"""Opens a risk review. `find_…` is for autosaves, and does not record that the review was looked at."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.circle.access import CircleAccess
from circles.risk.models import RiskReview
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story


def find_risk_review(request: SignedInRequest, reference: str) -> RiskReview:
    """The risk review of this reference, without a line in the trail. Raises NotSeen."""
    reviews = RiskReview.objects.visible_to(request.user).select_related(
        "circle__core_member", "circle__coordinator", "instrument", "signed_off_by"
    )
    marked = reviews.annotate(story_mark=story_mark(RiskReview.audit_kind))
    review = only_row_of(marked.prefetch_related("instrument__items").filter(reference=reference))
    if review is None:
        raise NotSeen(RiskReview.audit_kind, reference)
    return review


def open_risk_review(request: SignedInRequest, reference: str) -> RiskReview:
    """The risk review of this reference, noted as looked at. Raises NotSeen if this person may not see it."""
    review = find_risk_review(request, reference)
    why = CircleAccess(request.user, review.circle).reason_of_sight
    note_sight(review, within=review.circle.reference, why=why)
    note_story(review)
    return review
