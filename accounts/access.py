"""Who has a role, and who may change an account."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Invitation, Proposal, User
from accounts.models.proposal import AGREES
from accounts.models.role import Role
from core.access import Access, act

__all__ = ["AccountsAccess", "ProposalAccess", "Role", "SettingUpAccess", "people_with_role", "successor_of"]

INVITES = {
    Role.MANAGER: frozenset(Role),
    Role.COORDINATOR: frozenset({Role.VOLUNTEER}),
    Role.TECHNICIAN: frozenset({Role.TECHNICIAN}),
}
"""The roles to which each role may invite. A technician sees no case, so cannot invite somebody who does."""


def people_with_role(role: Role) -> QuerySet[User]:
    """Everyone active who has this role. Two such queries can be joined with `|`."""
    holding = User.objects.filter(groups__name=role.value).values("pk")
    people: QuerySet[User] = User.objects.filter(pk__in=holding, is_active=True)
    return people


def successor_of(person: User, *, by: User) -> User | None:
    """Who takes over the work of somebody who leaves: the manager who ends the account, or else another leader."""
    if by.has_role(Role.MANAGER):
        return by
    for role in (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR):
        successor: User | None = people_with_role(role).exclude(pk=person.pk).order_by("pk").first()
        if successor is not None:
            return successor
    return None


class AccountsAccess(Access):
    """Acts on an account; without a record, acts on accounts in general."""

    by: User

    @property
    def keeps_accounts(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.TECHNICIAN)

    @property
    def is_somebody_else(self) -> bool:
        return self.record is not None and self.record != self.by

    @property
    def invites(self) -> list[Role]:
        """The roles to which this person may invite somebody, in the order of `Role`."""
        allowed = frozenset[Role]().union(*(roles for role, roles in INVITES.items() if self.by.has_role(role)))
        return [role for role in Role if role in allowed]

    @property
    def gives(self) -> list[Role]:
        """The roles that this person may give and take, in the order of `Role`. A technician makes nobody see a case."""
        if self.by.has_role(Role.MANAGER):
            return list(Role)
        return [Role.TECHNICIAN] if self.by.has_role(Role.TECHNICIAN) else []

    @property
    def changes_full_name(self) -> bool:
        """Whoever keeps accounts, but not their own: a full name was checked."""
        return self.keeps_accounts and self.is_somebody_else

    @act("see the list of people")
    def list_people(self) -> bool:
        return self.keeps_accounts or self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.SAFEGUARDING_LEAD)

    @act("invite people")
    def invite(self) -> bool:
        return bool(self.invites)

    @act("take this invitation back")
    def withdraw(self) -> bool:
        """Whoever sent it, and any manager."""
        return isinstance(self.record, Invitation) and (
            self.record.invited_by_id == self.by.pk or self.by.has_role(Role.MANAGER)
        )

    @act("put the address of this invitation right")
    def correct(self) -> bool:
        return self.allows(AccountsAccess.withdraw)

    @act("add an agency")
    def add_agency(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("suspend this account")
    def suspend(self) -> bool:
        return self.keeps_accounts and self.is_somebody_else

    @act("let this person return")
    def restore(self) -> bool:
        return self.keeps_accounts and self.is_somebody_else

    @act("end this account")
    def end(self) -> bool:
        return self.keeps_accounts and self.is_somebody_else

    @act("give or take this person's roles")
    def change_roles(self) -> bool:
        """Nobody changes their own."""
        return bool(self.gives) and self.is_somebody_else

    @act("change this person's name")
    def change_name(self) -> bool:
        """Whoever keeps accounts; everybody says what they themselves are called."""
        return self.record == self.by or self.changes_full_name

    @act("change this person's e-mail address")
    def change_address(self) -> bool:
        """Whoever keeps accounts. One's own is changed on one's own page, where the new one is confirmed first."""
        return self.keeps_accounts and self.is_somebody_else

    @act("change your own e-mail address")
    def change_own_address(self) -> bool:
        return bool(self.record == self.by)

    @act("let this person sign in anew")
    def recover(self) -> bool:
        """To ask for it. A second person agrees (`ProposalAccess.agree`)."""
        return self.keeps_accounts and self.is_somebody_else


class ProposalAccess(Access):
    """Acts on what waits for a second person."""

    by: User
    record: Proposal | None

    @property
    def is_about_oneself(self) -> bool:
        return self.record is not None and self.record.person_id == self.by.pk

    @property
    def takes_back(self) -> bool:
        """Whether the person asked for it: then to refuse it is to take it back."""
        return self.record is not None and self.record.asked_by_id == self.by.pk

    @act("list what waits for a second person")
    def list_proposals(self) -> bool:
        return any(self.by.has_role(role) for role in AGREES) or AccountsAccess(self.by).keeps_accounts

    @act("agree to this, because somebody else must")
    def agree(self) -> bool:
        agrees = any(self.by.has_role(role) for role in AGREES) and not self.is_about_oneself
        return agrees and self.record is not None and self.record.asked_by_id != self.by.pk

    @act("refuse this")
    def decline(self) -> bool:
        return not self.is_about_oneself and (self.takes_back or any(self.by.has_role(role) for role in AGREES))


class SettingUpAccess(Access):
    """What the whole service stands on: the areas worked in, the agencies and the teams. It names no case."""

    by: User

    @act("see the areas, agencies and teams")
    def see_set_up(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.TECHNICIAN)

    @act("choose the areas the provider works in")
    def choose_areas(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("change an agency")
    def change_agency(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("say which teams there are and who is in them; a manager may")
    def keep_teams(self) -> bool:
        """Not a technician: whoever is in a team reads what is in its queues."""
        return self.by.has_role(Role.MANAGER)
