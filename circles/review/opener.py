"""Opens a review, and records in the trail that it was looked at."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.circle.access import CircleAccess
from circles.review.models import Review
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story


def open_review(request: SignedInRequest, reference: str) -> Review:
    """The review of this reference. Raises NotSeen if this person may not see it."""
    reviews = Review.objects.visible_to(request.user).select_related("circle__core_member", "circle__coordinator")
    review = only_row_of(reviews.annotate(story_mark=story_mark(Review.audit_kind)).filter(reference=reference))
    if review is None:
        raise NotSeen(Review.audit_kind, reference)
    why = CircleAccess(request.user, review.circle).reason_of_sight
    note_sight(review, within=review.circle.reference, why=why)
    note_story(review)
    return review
