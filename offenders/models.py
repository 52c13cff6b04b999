"""The tables of the rooms, for Django alone: whoever needs one imports it from its room."""

from offenders.consent.models import Consent, ConsentText
from offenders.contact.models import Contact
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from offenders.identity.models import Identity, IdentityIndex, IdentityMatch
from offenders.lead.models import LeadChange
from offenders.restriction.models import Restriction
from offenders.secure_domain.models import SecureDomain

__all__ = [
    "Consent",
    "ConsentText",
    "Contact",
    "CoreMember",
    "Identity",
    "IdentityIndex",
    "IdentityMatch",
    "LeadChange",
    "MappaPeriod",
    "Restriction",
    "SecureDomain",
]
