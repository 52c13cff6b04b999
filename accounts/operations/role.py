"""Operations on roles: give one, take one away."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.access import AccountsAccess, Role, people_with_role
from accounts.models import Change, Proposal, User
from accounts.open_work import open_work_in
from accounts.operations.second_person import ask_about_person, needs_second_person
from accounts.operations.standing import TAKES_TWO_PEOPLE, call_listeners, note_change
from accounts.operations.teams import leave_every_team
from core.errors import Refused

LAST_MANAGER = "Nobody else is a manager. Make somebody else a manager first."


@transaction.atomic
def give_role(person: User, *, role: Role, by: User, at: datetime) -> User:
    """Give somebody a role, from now. A leading role is given when a second person agrees."""
    person = User.objects.select_for_update().get(pk=person.pk)
    may = AccountsAccess(by, person)
    may.require(AccountsAccess.change_roles)
    if role not in may.gives:
        raise Refused("You may not give this role. Ask a manager.", field="role")
    _refuse_role(person, role)
    if needs_second_person_for_role(person, role, by=by):
        ask_about_person(person, Proposal.Kind.ROLE, role=role, by=by, at=at)
        return person
    return write_role(person, role, by=by, at=at)


def needs_second_person_for_role(person: User, role: Role, *, by: User) -> bool:
    """Whether somebody else must agree before this person gets the role."""
    return role in TAKES_TWO_PEOPLE and needs_second_person(by=by, about=person)


def _refuse_role(person: User, role: Role) -> None:
    """Refuse a role that this person has, or that does not go with what they are."""
    if not person.is_active:
        raise Refused(f"{person.full_name} cannot sign in now. Let them return first.")
    if person.has_role(role):
        raise Refused(f"{person.full_name} has this role already.", field="role")
    others = [each for each in Role if person.has_role(each) and each.is_at_an_agency != role.is_at_an_agency]
    if others:
        raise Refused(
            "One account works for the charity or for an agency, never for both: each would see what is the other’s. "
            "Invite them to a second account with another address.",
            field="role",
        )


def write_role(person: User, role: Role, *, by: User, at: datetime, asked_by: User | None = None) -> User:
    """Give the role to a person whose row is locked. It may have been asked for a while ago, so it is looked at again."""
    _refuse_role(person, role)
    person.groups.add(Group.objects.get(name=role.value))
    person.__dict__.pop("roles", None)
    note = f"asked for by {asked_by.reference}" if asked_by else ""
    note_change(person, Change.ROLE_GIVEN, role=role, by=by, at=at, note=note)
    return person


@transaction.atomic
def take_role(person: User, *, role: Role, by: User, at: datetime) -> User:
    """Take a role away, at once. Refused while something stands in it that nobody else would do."""
    person = User.objects.select_for_update().get(pk=person.pk)
    may = AccountsAccess(by, person)
    may.require(AccountsAccess.change_roles)
    if role not in may.gives:
        raise Refused("You may not take this role away. Ask a manager.")
    if not person.has_role(role):
        raise Refused(f"{person.full_name} does not have this role any more.")
    refuse_last_manager(person, role)
    holding = [work for work in open_work_in(person, role, reader=by, at=at) if work.first]
    if holding:
        raise Refused(" ".join(f"{work.words} {work.first}" for work in holding))
    person.groups.remove(Group.objects.get(name=role.value))
    person.__dict__.pop("roles", None)
    note_change(person, Change.ROLE_TAKEN, role=role, by=by, at=at)
    if role.is_at_an_agency and not any(each.is_at_an_agency and person.has_role(each) for each in Role):
        leave_every_team(person, by=by, at=at)
    call_listeners("ON_ROLE_TAKEN", person, role, by=by, at=at)
    return person


def refuse_last_manager(person: User, role: Role = Role.MANAGER) -> None:
    """Refuse to go on if this is the only manager. The role's row is locked, so that two managers do not take each other."""
    if role is not Role.MANAGER or not person.has_role(Role.MANAGER):
        return
    Group.objects.select_for_update().get(name=Role.MANAGER.value)
    if not people_with_role(Role.MANAGER).exclude(pk=person.pk).exists():
        raise Refused(LAST_MANAGER)
