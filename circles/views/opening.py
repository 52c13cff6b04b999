"""Opens a circle or a meeting: visible or not found, and its sight is noted here.

`find_…` looks without noting, for answers that hold no word of the record, such as that something is saved.
Everything that may show a record opens it: whether it did is judged when the answer is ready.
"""

from __future__ import annotations

from django.db.models.expressions import Combinable

from accounts.requests import SignedInRequest
from circles.models import Circle, Meeting, Review, RiskReview, Venue
from core.errors import NotSeen
from core.sight import note_sight


def open_circle(request: SignedInRequest, reference: str, **told: Combinable) -> Circle:
    """The circle of this reference, with what a page wants told of it. Raises NotSeen when it is not theirs to see."""
    circles = Circle.objects.visible_to(request.user).select_related(
        "core_member__area", "coordinator", "programme", "venue", "sharing_override"
    )
    circle = circles.annotate(**told).filter(reference=reference).first()
    if circle is None:
        raise NotSeen(Circle.audit_kind, reference)
    note_sight(circle, within=circle.reference)
    return circle


def find_meeting(request: SignedInRequest, reference: str) -> Meeting:
    """The meeting of this reference, its sight not noted. Raises NotSeen."""
    meetings = Meeting.objects.visible_to(request.user).select_related(
        "circle__core_member",
        "circle__coordinator",
        "minute_taker__user",
        "submitted_by",
        "approved_by",
        "called_off_by",
        "minutes",
    )
    meeting = meetings.saying_whether_short().filter(reference=reference).first()
    if meeting is None:
        raise NotSeen(Meeting.audit_kind, reference)
    return meeting


def open_meeting(request: SignedInRequest, reference: str) -> Meeting:
    """The meeting of this reference. Raises NotSeen when it is not this person's to see."""
    meeting = find_meeting(request, reference)
    note_sight(meeting, within=meeting.circle.reference)
    return meeting


def find_risk_review(request: SignedInRequest, reference: str) -> RiskReview:
    """The risk review of this reference, its sight not noted. Raises NotSeen."""
    reviews = RiskReview.objects.visible_to(request.user).select_related(
        "circle__core_member", "circle__coordinator", "instrument", "signed_off_by"
    )
    review = reviews.prefetch_related("instrument__items").filter(reference=reference).first()
    if review is None:
        raise NotSeen(RiskReview.audit_kind, reference)
    return review


def open_risk_review(request: SignedInRequest, reference: str) -> RiskReview:
    """The risk review of this reference. Raises NotSeen when it is not this person's to see."""
    review = find_risk_review(request, reference)
    note_sight(review, within=review.circle.reference)
    return review


def open_venue(request: SignedInRequest, reference: str) -> Venue:
    """The meeting place of this reference. Raises NotSeen when it is not this person's to see."""
    venue = Venue.objects.visible_to(request.user).select_related("coordinator").filter(reference=reference).first()
    if venue is None:
        raise NotSeen(Venue.audit_kind, reference)
    note_sight(venue)
    return venue


def open_review(request: SignedInRequest, reference: str) -> Review:
    """The review of this reference. Raises NotSeen when it is not this person's to see."""
    reviews = Review.objects.visible_to(request.user).select_related("circle__core_member", "circle__coordinator")
    review = reviews.filter(reference=reference).first()
    if review is None:
        raise NotSeen(Review.audit_kind, reference)
    note_sight(review, within=review.circle.reference)
    return review
