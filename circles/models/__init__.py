"""The circle's tables."""

from circles.models.chasing import MinutesStep
from circles.models.circle import Circle, CircleEvent, Membership
from circles.models.contact import Contact, SupportCall
from circles.models.meeting import Attendance, Meeting
from circles.models.minutes import Addendum, Minutes
from circles.models.presence import Presence
from circles.models.taxonomy import MinutesTag, Tag
from circles.models.version import Assent, MinutesVersion

__all__ = [
    "Addendum",
    "Assent",
    "Attendance",
    "Circle",
    "CircleEvent",
    "Contact",
    "Meeting",
    "Membership",
    "Minutes",
    "MinutesStep",
    "MinutesTag",
    "MinutesVersion",
    "Presence",
    "SupportCall",
    "Tag",
]
