"""Operations on accounts and agencies: suspend a person, end an account, let a person return, add an agency."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import AccountsAccess, SettingUpAccess
from accounts.models import Agency, Change, Proposal, User
from accounts.operations.role import refuse_last_manager
from accounts.operations.second_person import ask_about_person, needs_second_person
from accounts.operations.standing import call_listeners, is_leader, note_change, record_act
from accounts.operations.teams import leave_every_team
from accounts.sessions import end_sessions_of
from core.errors import Refused
from core.names import is_same_name
from core.references import unused_reference


@transaction.atomic
def suspend_person(person: User, *, by: User, at: datetime) -> User:
    """Stop somebody from signing in, for now, and end all their sessions."""
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require(AccountsAccess.suspend)
    person.is_active = False
    person.move(User.Status.SUSPENDED, by=by, at=at)
    end_sessions_of(person)
    note_change(person, Change.SUSPENDED, by=by, at=at)
    return person


@transaction.atomic
def end_account(person: User, *, by: User, at: datetime) -> User:
    """End an account: the person can no longer sign in. What they did stays.

    Their circles, teams, leave, cover and shifts end with it. They do not get them back if they return.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require(AccountsAccess.end)
    refuse_last_manager(person)
    person.is_active, person.left_at, person.left_by = False, at, by
    person.move(User.Status.LEFT, by=by, at=at)
    end_sessions_of(person)
    note_change(person, Change.LEFT, by=by, at=at)
    call_listeners("ON_LEAVING", person, by=by, at=at)
    leave_every_team(person, by=by, at=at)
    return person


@transaction.atomic
def return_person(person: User, *, by: User, at: datetime) -> User:
    """Let somebody who was suspended or has left sign in again. For a leader a second person must agree first.

    What ended with the account stays ended, sessions too.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require(AccountsAccess.restore)
    person.LIFECYCLE.check(person.status, User.Status.ACTIVE)
    if needs_second_person_to_return(person, by=by):
        ask_about_person(person, Proposal.Kind.RETURN, by=by, at=at)
        return person
    return reinstate_person(person, by=by, at=at)


def needs_second_person_to_return(person: User, *, by: User) -> bool:
    """Whether somebody else must agree before this person may sign in again."""
    return is_leader(person) and needs_second_person(by=by, about=person)


def reinstate_person(person: User, *, by: User, at: datetime, asked_by: User | None = None) -> User:
    """Let a person, whose row is locked, sign in from now on."""
    person.is_active, person.left_at, person.left_by = True, None, None
    person.move(User.Status.ACTIVE, by=by, at=at)
    end_sessions_of(person)
    note_change(person, Change.RETURNED, by=by, at=at, note=f"asked for by {asked_by.reference}" if asked_by else "")
    return person


@transaction.atomic
def add_agency(*, name: str, kind: Agency.Kind, by: User, at: datetime) -> Agency:
    """Add an agency, for which people can then work."""
    AccountsAccess(by).require(AccountsAccess.add_agency)
    if any(is_same_name(agency.name, name) for agency in Agency.objects.all()):
        raise Refused("There is an agency of this name already.", field="name")
    agency = Agency.objects.create(reference=unused_reference(Agency, "A"), name=name, kind=kind)
    record_act("collected", agency, by=by, at=at)
    return agency


@transaction.atomic
def change_agency(agency: Agency, *, name: str, kind: Agency.Kind, by: User, at: datetime) -> Agency:
    """Put an agency's name or kind right. Its people stay."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    SettingUpAccess(by).require(SettingUpAccess.change_agency)
    if any(is_same_name(other.name, name) for other in Agency.objects.exclude(pk=agency.pk)):
        raise Refused("There is an agency of this name already.", field="name")
    agency.name, agency.kind = name.strip(), kind
    agency.save(update_fields=["name", "kind"])
    record_act("altered", agency, by=by, at=at)
    return agency
