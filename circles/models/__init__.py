"""The circle's tables."""

from circles.models.circle import Circle, CircleEvent, Membership
from circles.models.meeting import Attendance, Meeting
from circles.models.minutes import Addendum, Minutes
from circles.models.review import Review, ReviewPerson
from circles.models.review_words import ReviewDecision, ReviewView

__all__ = [
    "Addendum",
    "Attendance",
    "Circle",
    "CircleEvent",
    "Meeting",
    "Membership",
    "Minutes",
    "Review",
    "ReviewDecision",
    "ReviewPerson",
    "ReviewView",
]
