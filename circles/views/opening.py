"""Opens a circle or a meeting: visible or not found, and the reading is logged here, once.

`find_…` looks without logging, for answers that show nothing new to the person, such as saving what
they have just typed. Everything that shows a record opens it.
"""

from __future__ import annotations

from django.db.models.expressions import Combinable
from django.utils import timezone

from accounts.requests import SignedInRequest
from audit.trail import consulted
from circles.models import Circle, Meeting, Review, RiskReview, Venue
from core.errors import NotSeen


def open_circle(request: SignedInRequest, reference: str, **told: Combinable) -> Circle:
    """The circle of this reference, with what a page wants told of it. Raises NotSeen when it is not theirs to see."""
    circles = Circle.objects.visible_to(request.user).select_related(
        "core_member__area", "coordinator", "programme", "venue", "sharing_override"
    )
    circle = circles.annotate(**told).filter(reference=reference).first()
    if circle is None:
        raise NotSeen(Circle.audit_kind, reference)
    consulted(circle, by=request.user, at=timezone.now(), within=circle.reference)
    return circle


def find_meeting(request: SignedInRequest, reference: str) -> Meeting:
    """The meeting of this reference, its reading not logged. Raises NotSeen."""
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
    consulted(meeting, by=request.user, at=timezone.now(), within=meeting.circle.reference)
    return meeting


def find_risk_review(request: SignedInRequest, reference: str) -> RiskReview:
    """The risk review of this reference, its reading not logged. Raises NotSeen."""
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
    consulted(review, by=request.user, at=timezone.now(), within=review.circle.reference)
    return review


def open_venue(request: SignedInRequest, reference: str) -> Venue:
    """The meeting place of this reference. Raises NotSeen when it is not this person's to see."""
    venue = Venue.objects.visible_to(request.user).select_related("coordinator").filter(reference=reference).first()
    if venue is None:
        raise NotSeen(Venue.audit_kind, reference)
    consulted(venue, by=request.user, at=timezone.now())
    return venue


def find_review(request: SignedInRequest, reference: str) -> Review:
    """The review of this reference, its reading not logged. Raises NotSeen."""
    reviews = Review.objects.visible_to(request.user).select_related("circle__core_member", "circle__coordinator")
    review = reviews.filter(reference=reference).first()
    if review is None:
        raise NotSeen(Review.audit_kind, reference)
    return review


def open_review(request: SignedInRequest, reference: str) -> Review:
    """The review of this reference. Raises NotSeen when it is not this person's to see."""
    review = find_review(request, reference)
    consulted(review, by=request.user, at=timezone.now(), within=review.circle.reference)
    return review
