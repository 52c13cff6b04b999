"""The core member's tables."""

from offenders.models.core_member import CoreMember
from offenders.models.restriction import Restriction

__all__ = ["CoreMember", "Restriction"]
