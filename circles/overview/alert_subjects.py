"""What an alert about something of a circle's says in the inbox. Called by alerts through settings.ALERT_SUBJECTS."""

from __future__ import annotations

from accounts.models import User
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.minutes_share.models import MinutesShare
from circles.review.models import Review
from circles.risk.models import RiskReview
from core.sight import note_words


def circles_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each circle, by its reference."""
    seen = Circle.objects.visible_to(user).filter(reference__in=references)
    return {circle.reference: f"Circle {circle.reference}" for circle in seen}


def meetings_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each meeting, with its number and its circle."""
    seen = list(Meeting.objects.visible_to(user).filter(reference__in=references).select_related("circle"))
    note_words(seen)
    return {one.reference: f"Meeting {one.number} · circle {one.circle.reference}" for one in seen}


def reviews_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each review, with its number and its circle."""
    seen = list(Review.objects.visible_to(user).filter(reference__in=references).select_related("circle"))
    note_words(seen)
    return {one.reference: f"Review {one.number} · circle {one.circle.reference}" for one in seen}


def risk_reviews_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Each risk review, with its number and its circle."""
    seen = list(RiskReview.objects.visible_to(user).filter(reference__in=references).select_related("circle"))
    note_words(seen)
    return {one.reference: f"{one.title} · circle {one.circle.reference}" for one in seen}


def minutes_in_words(user: User, references: set[str]) -> dict[str, str]:
    """Minutes that were sent to somebody."""
    seen = list(MinutesShare.objects.visible_to(user).filter(reference__in=references))
    note_words(seen)
    return {one.reference: f"Minutes sent to you · {one.reference}" for one in seen}
