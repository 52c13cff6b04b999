"""Operations on accounts: invitations, joining, suspending, ending and returning, and second persons."""

from accounts.operations.invitation import (
    NO_LONGER,
    accept_invitation,
    find_invitation,
    hash_of_token,
    invite_first_manager,
    invite_person,
    withdraw_invitation,
    write_invitation,
)
from accounts.operations.people import (
    add_agency,
    end_account,
    needs_second_person_to_return,
    return_person,
    suspend_person,
)
from accounts.operations.proposal import agree_to_proposal, decline_proposal
from accounts.operations.standing import note_change, record_act

__all__ = [
    "NO_LONGER",
    "accept_invitation",
    "add_agency",
    "agree_to_proposal",
    "decline_proposal",
    "end_account",
    "find_invitation",
    "hash_of_token",
    "invite_first_manager",
    "invite_person",
    "needs_second_person_to_return",
    "note_change",
    "record_act",
    "return_person",
    "suspend_person",
    "withdraw_invitation",
    "write_invitation",
]
