"""The circle's tables."""

from circles.models.chasing import MinutesStep
from circles.models.circle import Circle, CircleEvent, Membership
from circles.models.meeting import Attendance, Meeting
from circles.models.minutes import Addendum, Minutes
from circles.models.version import Assent, MinutesVersion

__all__ = [
    "Addendum",
    "Assent",
    "Attendance",
    "Circle",
    "CircleEvent",
    "Meeting",
    "Membership",
    "Minutes",
    "MinutesStep",
    "MinutesVersion",
]
