"""The core member's tables."""

from offenders.models.contact import Contact
from offenders.models.core_member import CoreMember
from offenders.models.lead import LeadChange
from offenders.models.restriction import Restriction
from offenders.models.secure_domain import SecureDomain

__all__ = ["Contact", "CoreMember", "LeadChange", "Restriction", "SecureDomain"]
