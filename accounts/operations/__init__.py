"""Inviting people, letting them in, and ending what they can do here."""

from accounts.operations.invitation import (
    NO_LONGER,
    accept_invitation,
    find_invitation,
    hashed,
    invite_first_manager,
    invite_person,
    withdraw_invitation,
    write_invitation,
)
from accounts.operations.people import add_agency, needs_second_to_return, person_leaves, return_person, suspend_person
from accounts.operations.proposal import agree_to_proposal, decline_proposal
from accounts.operations.standing import note_change, record_act

__all__ = [
    "NO_LONGER",
    "accept_invitation",
    "add_agency",
    "agree_to_proposal",
    "decline_proposal",
    "find_invitation",
    "hashed",
    "invite_first_manager",
    "invite_person",
    "needs_second_to_return",
    "note_change",
    "person_leaves",
    "record_act",
    "return_person",
    "suspend_person",
    "withdraw_invitation",
    "write_invitation",
]
