"""The core member's tables."""

from offenders.models.contact import Contact
from offenders.models.core_member import CoreMember
from offenders.models.lead import LeadChange
from offenders.models.restriction import Restriction

__all__ = ["Contact", "CoreMember", "LeadChange", "Restriction"]
