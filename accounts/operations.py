"""Inviting people, suspending them, letting them return; and ending every session when access ends."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import AccountsAccess, Role
from accounts.models import Agency, Area, Invitation, User
from accounts.models.invitation import LASTS
from core.errors import Refused
from core.references import new_reference

NO_LONGER = "This invitation has been used, or is older than 72 hours. Ask whoever invited you for a new one."


@dataclass(frozen=True)
class Invited:
    """An invitation, and the token that is shown once and never stored."""

    invitation: Invitation
    token: str


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(
    *, email: str, full_name: str, role: Role, agency: Agency | None, area: Area | None, by: User, at: datetime
) -> Invited:
    """Invite somebody to sign in. The link works once, for 72 hours."""
    AccountsAccess(by).require("invite")
    if not AccountsAccess(by).keeps_accounts and role != Role.VOLUNTEER:
        raise Refused("You may invite volunteers. Ask a manager to invite anybody else.", field="role")
    return issue(email=email, full_name=full_name, role=role, agency=agency, area=area, by=by, at=at)


@transaction.atomic
def invite_first_manager(*, email: str, full_name: str, at: datetime) -> Invited:
    """The first invitation of a new service, made from the command line; refused once there is anybody."""
    if User.objects.filter(is_active=True).exists():
        raise Refused("There are people here already. Sign in and invite from the People page.")
    return issue(email=email, full_name=full_name, role=Role.MANAGER, agency=None, area=None, by=None, at=at)


def issue(
    *, email: str, full_name: str, role: Role, agency: Agency | None, area: Area | None, by: User | None, at: datetime
) -> Invited:
    """Write the invitation; an earlier unused one for the same address ends."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this e-mail address is here already.", field="email")
    for earlier in Invitation.objects.usable(at).filter(email__iexact=email):
        earlier.delete()
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.lower(), full_name=full_name, role=role, agency=agency, area=area, token_hash=hashed(token),
        invited_at=at, invited_by=by, expires_at=at + LASTS,
    )  # fmt: skip
    return Invited(invitation, token)


def find_invitation(token: str, *, at: datetime) -> Invitation:
    """The usable invitation of this token. Raises Refused."""
    found = Invitation.objects.usable(at).filter(token_hash=hashed(token)).first()
    if found is None:
        raise Refused(NO_LONGER)
    return found


@transaction.atomic
def accept_invitation(*, token: str, first_name: str, password: str, at: datetime) -> User:
    """Make the account. The person still has to add a second factor before any page opens."""
    found = find_invitation(token, at=at)
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if invitation.accepted_at is not None:
        raise Refused(NO_LONGER)
    person = User(
        reference=new_reference("U"), email=invitation.email, full_name=invitation.full_name,
        first_name=first_name.strip() or invitation.full_name.split()[0], agency=invitation.agency,
        area=invitation.area, joined_at=at,
    )  # fmt: skip
    try:
        validate_password(password, person)
    except ValidationError as failure:
        raise Refused(" ".join(failure.messages), field="password") from failure
    person.set_password(password)
    person.save()
    person.groups.add(Group.objects.get(name=invitation.role))
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return person


@transaction.atomic
def suspend_person(person: User, *, by: User, at: datetime) -> User:
    """Stop somebody from signing in, and end every session they have, at once."""
    person = lock(person)
    AccountsAccess(by, person).require("suspend")
    person.is_active = False
    person.move(User.Status.SUSPENDED, by=by, at=at)
    end_sessions(person)
    return person


@transaction.atomic
def return_person(person: User, *, by: User, at: datetime) -> User:
    """Let somebody sign in again. Old sessions stay dead."""
    person = lock(person)
    AccountsAccess(by, person).require("restore")
    person.is_active, person.left_at, person.left_by = True, None, None
    person.move(User.Status.ACTIVE, by=by, at=at)
    return person


@transaction.atomic
def end_account(person: User, *, by: User, at: datetime) -> User:
    """Somebody has left: no more signing in, every session ended; what they wrote keeps their name."""
    person = lock(person)
    AccountsAccess(by, person).require("end")
    person.is_active, person.left_at, person.left_by = False, at, by
    person.move(User.Status.LEFT, by=by, at=at)
    end_sessions(person)
    return person


def lock(person: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)


def end_sessions(person: User) -> None:
    """Every session of this person, tracked or not: a session names its owner only inside."""
    for tracked in UserSession.objects.filter(user=person):
        tracked.end()
    for session in Session.objects.all().iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


@transaction.atomic
def end_session(tracked: UserSession, *, by: User, at: datetime) -> None:
    """End one of one's own sessions."""
    if tracked.user_id != by.pk:
        raise Refused("That is not one of your sessions.")
    tracked.end()
