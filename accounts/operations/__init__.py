"""Operations on accounts: areas, teams, invitations, joining, suspending, ending and returning, and second persons."""

from accounts.operations.areas import choose_areas, write_areas
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
    change_agency,
    end_account,
    needs_second_person_to_return,
    return_person,
    suspend_person,
)
from accounts.operations.proposal import agree_to_proposal, decline_proposal
from accounts.operations.provider import name_areas, name_provider, provider_agency
from accounts.operations.standing import note_change, record_act
from accounts.operations.teams import join_team, leave_team, make_team, rename_team

__all__ = [
    "NO_LONGER",
    "accept_invitation",
    "add_agency",
    "agree_to_proposal",
    "change_agency",
    "choose_areas",
    "decline_proposal",
    "end_account",
    "find_invitation",
    "hash_of_token",
    "invite_first_manager",
    "invite_person",
    "join_team",
    "leave_team",
    "make_team",
    "name_areas",
    "name_provider",
    "needs_second_person_to_return",
    "note_change",
    "provider_agency",
    "record_act",
    "rename_team",
    "return_person",
    "suspend_person",
    "withdraw_invitation",
    "write_areas",
    "write_invitation",
]
