"""The circle's tables."""

from circles.models.circle import Circle, CircleEvent, Membership
from circles.models.instrument import Instrument, InstrumentItem
from circles.models.meeting import Attendance, Meeting
from circles.models.minutes import Addendum, Minutes
from circles.models.rating import RiskRating, RiskScore
from circles.models.risk import PromptAnswer, RiskAgreed, RiskReview

__all__ = [
    "Addendum",
    "Attendance",
    "Circle",
    "CircleEvent",
    "Instrument",
    "InstrumentItem",
    "Meeting",
    "Membership",
    "Minutes",
    "PromptAnswer",
    "RiskAgreed",
    "RiskRating",
    "RiskReview",
    "RiskScore",
]
