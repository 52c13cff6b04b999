"""The circle's tables."""

from circles.models.action import Action, ActionTap
from circles.models.agreement import Agreement, Signature
from circles.models.calendar_event import CalendarEvent
from circles.models.chasing import MinutesStep
from circles.models.circle import Circle, CircleEvent, Membership
from circles.models.contact import Contact, SupportCall
from circles.models.feed import Feed
from circles.models.forcing_answer import ForcingAnswer
from circles.models.goal import Goal, GoalTap
from circles.models.instrument import Instrument, InstrumentItem
from circles.models.measure import LifeFacts, Measure, Questionnaire
from circles.models.meeting import Attendance, Meeting
from circles.models.minutes import Addendum, Minutes
from circles.models.minutes_share import MinutesShare, ResendSetAside
from circles.models.outcome import AdverseOutcome
from circles.models.preparation import Briefing, VenueChoice
from circles.models.presence import Presence
from circles.models.programme import Programme
from circles.models.rating import RiskRating, RiskScore
from circles.models.review import Review, ReviewPerson
from circles.models.review_words import ReviewDecision, ReviewView
from circles.models.risk import PromptAnswer, RiskAgreed, RiskReview
from circles.models.schedule import Variation
from circles.models.sharing_agreement import SharingAgreement, SharingOverride
from circles.models.swap import Swap
from circles.models.taxonomy import MinutesTag, Tag
from circles.models.travel import Travel
from circles.models.venue import Venue
from circles.models.version import Assent, MinutesVersion

__all__ = [
    "Action",
    "ActionTap",
    "Addendum",
    "AdverseOutcome",
    "Agreement",
    "Assent",
    "Attendance",
    "Briefing",
    "CalendarEvent",
    "Circle",
    "CircleEvent",
    "Contact",
    "Feed",
    "ForcingAnswer",
    "Goal",
    "GoalTap",
    "Instrument",
    "InstrumentItem",
    "LifeFacts",
    "Measure",
    "Meeting",
    "Membership",
    "Minutes",
    "MinutesShare",
    "MinutesStep",
    "MinutesTag",
    "MinutesVersion",
    "Presence",
    "Programme",
    "PromptAnswer",
    "Questionnaire",
    "ResendSetAside",
    "Review",
    "ReviewDecision",
    "ReviewPerson",
    "ReviewView",
    "RiskAgreed",
    "RiskRating",
    "RiskReview",
    "RiskScore",
    "SharingAgreement",
    "SharingOverride",
    "Signature",
    "SupportCall",
    "Swap",
    "Tag",
    "Travel",
    "Variation",
    "Venue",
    "VenueChoice",
]
