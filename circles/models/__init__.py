"""The circle's tables."""

from circles.models.agreement import Agreement, Signature
from circles.models.circle import Circle, CircleEvent, Membership
from circles.models.feed import Feed
from circles.models.instrument import Instrument, InstrumentItem
from circles.models.meeting import Attendance, Meeting
from circles.models.minutes import Addendum, Minutes
from circles.models.preparation import Briefing, VenueChoice
from circles.models.programme import Programme
from circles.models.rating import RiskRating, RiskScore
from circles.models.risk import PromptAnswer, RiskAgreed, RiskReview
from circles.models.schedule import Variation
from circles.models.sharing_agreement import SharingAgreement, SharingOverride
from circles.models.swap import Swap
from circles.models.travel import Travel
from circles.models.venue import Venue

__all__ = [
    "Addendum",
    "Agreement",
    "Attendance",
    "Briefing",
    "Circle",
    "CircleEvent",
    "Feed",
    "Instrument",
    "InstrumentItem",
    "Meeting",
    "Membership",
    "Minutes",
    "Programme",
    "PromptAnswer",
    "RiskAgreed",
    "RiskRating",
    "RiskReview",
    "RiskScore",
    "SharingAgreement",
    "SharingOverride",
    "Signature",
    "Swap",
    "Travel",
    "Variation",
    "Venue",
    "VenueChoice",
]
