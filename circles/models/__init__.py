"""The circle's tables."""

from circles.models.circle import Circle, CircleEvent, Membership
from circles.models.feed import Feed
from circles.models.meeting import Attendance, Meeting
from circles.models.minutes import Addendum, Minutes
from circles.models.schedule import Variation
from circles.models.swap import Swap
from circles.models.travel import Travel

__all__ = [
    "Addendum",
    "Attendance",
    "Circle",
    "CircleEvent",
    "Feed",
    "Meeting",
    "Membership",
    "Minutes",
    "Swap",
    "Travel",
    "Variation",
]
