"""Stopping and ending what people can do here, letting them return, and adding agencies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import AccountsAccess, Role
from accounts.models import Agency, Change, User
from accounts.operations.second import ask_for_return, needs_second
from accounts.operations.standing import call_listeners, is_leading, note_change, record_act
from accounts.sessions import end_sessions_of
from core.errors import Refused
from core.names import is_same_name
from core.references import unused_reference


@transaction.atomic
def suspend_person(person: User, *, by: User, at: datetime) -> User:
    """Stop somebody signing in, for now, and end every session they have."""
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require(AccountsAccess.suspend)
    person.is_active = False
    person.move(User.Status.SUSPENDED, by=by, at=at)
    end_sessions_of(person)
    note_change(person, Change.SUSPENDED, by=by, at=at)
    return person


@transaction.atomic
def person_leaves(person: User, *, by: User, at: datetime) -> User:
    """End an account: what the person did stays, and they can no longer sign in.

    Everything they held ends with it: circles, teams, leave and cover, shifts. Returning gives none of it back.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require(AccountsAccess.end)
    person.is_active, person.left_at, person.left_by = False, at, by
    person.move(User.Status.LEFT, by=by, at=at)
    end_sessions_of(person)
    note_change(person, Change.LEFT, by=by, at=at)
    call_listeners("ON_LEAVING", person, by=by, at=at)
    leave_teams(person, by=by, at=at)
    return person


def leave_teams(person: User, *, by: User, at: datetime) -> None:
    """Out of every team. Roles stay: they say what somebody is, and open nothing without a circle or a team."""
    for team in person.groups.exclude(name__in=Role.values):
        person.groups.remove(team)
        record_act("revoked", person, by=by, at=at, note=f"out of a team: {team.pk}")


@transaction.atomic
def return_person(person: User, *, by: User, at: datetime) -> User:
    """Let somebody suspended or gone sign in again; for those who lead, once a second person agrees.

    Sessions that ended stay ended, and what ended with the account stays ended.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require(AccountsAccess.restore)
    person.LIFECYCLE.check(person.status, User.Status.ACTIVE)
    if needs_second_to_return(person, by=by):
        ask_for_return(person, by=by, at=at)
        return person
    return let_return(person, by=by, at=at)


def needs_second_to_return(person: User, *, by: User) -> bool:
    """Whether somebody else must agree before this person may sign in again."""
    return is_leading(person) and needs_second(by=by, about=person)


def let_return(person: User, *, by: User, at: datetime, asked_by: User | None = None) -> User:
    """The person, whose row is locked, may sign in from now on."""
    person.is_active, person.left_at, person.left_by = True, None, None
    person.move(User.Status.ACTIVE, by=by, at=at)
    end_sessions_of(person)
    note_change(person, Change.RETURNED, by=by, at=at, note=f"asked for by {asked_by.reference}" if asked_by else "")
    return person


@transaction.atomic
def add_agency(*, name: str, kind: Agency.Kind, by: User, at: datetime) -> Agency:
    """Add an agency that people can work for."""
    AccountsAccess(by).require(AccountsAccess.add_agency)
    if any(is_same_name(agency.name, name) for agency in Agency.objects.all()):
        raise Refused("There is an agency of this name already.", field="name")
    agency = Agency.objects.create(reference=unused_reference(Agency, "A"), name=name, kind=kind)
    record_act("collected", agency, by=by, at=at)
    return agency
