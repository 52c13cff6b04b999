"""The tables of the rooms, for Django alone: whoever needs one imports it from its room."""

from offenders.consent.models import Consent, ConsentText
from offenders.contact.models import Contact
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import BreakGlass, WallEntry
from offenders.eligibility.models import CriteriaSet, Criterion, CriterionAnswer, Screening
from offenders.identity.models import Identity, IdentityIndex, IdentityMatch
from offenders.lead.models import LeadChange
from offenders.mappa.action_models import MappaAction
from offenders.panel.models import PanelDecision, Seat, SignOff
from offenders.panel.risk_models import VolunteerRisk
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.document_models import ReferralDocument
from offenders.referral.link_models import ReferrerLink
from offenders.referral.models import Referral, ReferralEvent
from offenders.restriction.models import Restriction, RestrictionAddendum
from offenders.risk.models import RiskAssessment, RiskNote
from offenders.secure_domain.models import SecureDomain
from offenders.wall.models import NonAssociation

__all__ = [
    "BreakGlass",
    "Consent",
    "ConsentText",
    "Contact",
    "CoreMember",
    "CriteriaSet",
    "Criterion",
    "CriterionAnswer",
    "Identity",
    "IdentityIndex",
    "IdentityMatch",
    "LeadChange",
    "ManagementChange",
    "MappaAction",
    "MappaPeriod",
    "NonAssociation",
    "PanelDecision",
    "Referral",
    "ReferralDocument",
    "ReferralEvent",
    "ReferrerLink",
    "Restriction",
    "RestrictionAddendum",
    "RiskAssessment",
    "RiskNote",
    "Screening",
    "Seat",
    "SectionAnswers",
    "SecureDomain",
    "SignOff",
    "VolunteerRisk",
    "WallEntry",
]
