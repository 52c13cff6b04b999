"""Operations on accounts: areas, teams, invitations, joining, suspending, ending and returning, and second persons."""

from accounts.operations.address import ask_for_address, change_address, confirm_address, find_address_change
from accounts.operations.areas import choose_areas, write_areas
from accounts.operations.invitation import (
    NO_LONGER,
    accept_invitation,
    correct_invitation,
    find_invitation,
    hash_of_token,
    invite_first_manager,
    invite_person,
    withdraw_invitation,
    write_invitation,
)
from accounts.operations.name import change_name
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
from accounts.operations.recovery import accept_recovery, ask_for_recovery, recover_on_the_machine
from accounts.operations.role import give_role, needs_second_person_for_role, take_role
from accounts.operations.standing import note_change, record_act
from accounts.operations.teams import join_team, leave_team, make_team, rename_team

__all__ = [
    "NO_LONGER",
    "accept_invitation",
    "accept_recovery",
    "add_agency",
    "agree_to_proposal",
    "ask_for_address",
    "ask_for_recovery",
    "change_address",
    "change_agency",
    "change_name",
    "choose_areas",
    "confirm_address",
    "correct_invitation",
    "decline_proposal",
    "end_account",
    "find_address_change",
    "find_invitation",
    "give_role",
    "hash_of_token",
    "invite_first_manager",
    "invite_person",
    "join_team",
    "leave_team",
    "make_team",
    "name_areas",
    "name_provider",
    "needs_second_person_for_role",
    "needs_second_person_to_return",
    "note_change",
    "provider_agency",
    "record_act",
    "recover_on_the_machine",
    "rename_team",
    "return_person",
    "suspend_person",
    "take_role",
    "withdraw_invitation",
    "write_areas",
    "write_invitation",
]
