"""What can be done to a core member's record, by noun."""

from offenders.operations.contact import add_contact, end_contact, verify_contact
from offenders.operations.core_member import accept_core_member, enter_circle, leave_circle, name_practitioner
from offenders.operations.lead import change_lead
from offenders.operations.restriction import add_restriction, verify_restrictions
from offenders.operations.secure_domain import add_secure_domain, end_secure_domain, require_secure

__all__ = [
    "accept_core_member",
    "add_contact",
    "add_restriction",
    "add_secure_domain",
    "change_lead",
    "end_contact",
    "end_secure_domain",
    "enter_circle",
    "leave_circle",
    "name_practitioner",
    "require_secure",
    "verify_contact",
    "verify_restrictions",
]
