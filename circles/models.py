"""Imports the models of every room for Django. Import a model from its room, not from here."""

from circles.action.models import Action, ActionTap
from circles.agreement.models import Agreement, Briefing, Signature
from circles.calendar.models import CalendarEvent, Feed
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.contact.models import Contact, SupportCall
from circles.forcing_answer.models import ForcingAnswer
from circles.goal.models import Goal, GoalTap
from circles.hours.models import Travel
from circles.instrument.models import Instrument, InstrumentItem
from circles.late_minutes.models import MinutesStep
from circles.log.models import Presence
from circles.measure.models import LifeFacts, Measure, Questionnaire
from circles.meeting.models import Attendance, Meeting
from circles.minutes.models import Addendum, Minutes
from circles.minutes_share.models import MinutesShare, ResendSetAside
from circles.outcome.models import AdverseOutcome
from circles.programme.models import Programme
from circles.review.models import Review, ReviewPerson
from circles.review.view_models import ReviewDecision, ReviewView
from circles.risk.models import PromptAnswer, RiskAgreed, RiskReview
from circles.risk.rating_models import RiskRating, RiskScore
from circles.rota.models import Swap
from circles.schedule.models import Variation
from circles.sharing_agreement.models import SharingAgreement, SharingOverride
from circles.taxonomy.models import MinutesTag, Tag
from circles.venue.models import Venue, VenueChoice
from circles.version.models import Assent, MinutesVersion
from circles.version.opening_models import AnswerOpening

__all__ = [
    "Action",
    "ActionTap",
    "Addendum",
    "AdverseOutcome",
    "Agreement",
    "AnswerOpening",
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
