"""Inviting people, letting them in, and ending what they can do here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from accounts.access import AccountsAccess, people_in
from accounts.mail import INVITATION, post, written
from accounts.models import Agency, Area, Invitation, User
from accounts.models.invitation import LASTS
from accounts.models.role import Role
from accounts.sessions import end_sessions_of
from core.errors import Refused
from core.names import is_same_name
from core.references import unused_reference

NO_LONGER = "This invitation was used, or is more than 72 hours old. Ask whoever invited you for a new one."


def hashed(token: str) -> str:
    """What is stored of a token. It holds 256 bits of chance, so one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(
    *, email: str, full_name: str, role: Role, agency: Agency | None, area: Area | None, by: User, at: datetime
) -> Invitation:
    """Send somebody a link that works once, for 72 hours. An earlier link to the same address stops working."""
    may = AccountsAccess(by)
    may.require("invite")
    if role not in may.invites:
        raise Refused("You may not invite somebody to this role. Ask a manager.", field="role")
    if not by.has_role(Role.MANAGER) and (agency.pk if agency else None) != by.agency_id:
        raise Refused("You may invite people of your own agency only. Ask a manager.", field="agency")
    invitation, token = write_invitation(
        email=email, full_name=full_name, role=role, agency=agency, area=area, by=by, at=at
    )
    post(written(invitation.email, INVITATION, link=link_of(token)))
    return invitation


@transaction.atomic
def invite_first_manager(*, email: str, full_name: str, at: datetime) -> str:
    """The link for a service that has no manager yet; the service itself invites. Refused once there is one."""
    if people_in(Role.MANAGER).exists():
        raise Refused("There is a manager already. Ask them to send the invitation from the People page.")
    _, token = write_invitation(
        email=email, full_name=full_name, role=Role.MANAGER, agency=None, area=None, by=None, at=at
    )
    return link_of(token)


def write_invitation(
    *, email: str, full_name: str, role: Role, agency: Agency | None, area: Area | None, by: User | None, at: datetime
) -> tuple[Invitation, str]:
    """The row, and the token whose hash it holds: the only time the token is known."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this address has an account already. Look for them among the people.", "email")
    for earlier in Invitation.objects.select_for_update().usable(at).filter(email__iexact=email):
        earlier.expires_at = at
        earlier.save(update_fields=["expires_at"])
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.lower(),
        full_name=full_name,
        role=role,
        agency=agency,
        area=area,
        token_hash=hashed(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
    )
    return invitation, token


def link_of(token: str) -> str:
    return settings.SITE_ADDRESS + reverse("accounts:invitation", args=[token])


def find_invitation(token: str, *, at: datetime) -> Invitation | None:
    """The usable invitation of this token; None alike for one used, too old, or never sent."""
    return Invitation.objects.usable(at).filter(token_hash=hashed(token)).first()


@transaction.atomic
def accept_invitation(invitation: Invitation, *, full_name: str, first_name: str, password: str, at: datetime) -> User:
    """Make the account an invitation promises. Whoever holds the link is who accepts it; it works once."""
    locked = Invitation.objects.select_for_update().usable(at).filter(pk=invitation.pk).first()
    if locked is None:
        raise Refused(NO_LONGER)
    if User.objects.filter(email__iexact=locked.email).exists():
        raise Refused("Somebody with this address has an account already. Sign in instead.")
    person = User(
        reference=unused_reference(User, "U"),
        email=locked.email,
        full_name=full_name,
        first_name=first_name,
        agency=locked.agency,
        area=locked.area,
        joined_at=at,
    )
    person.set_password(password)
    person.save()
    person.groups.add(Group.objects.get(name=locked.role))
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    locked.accepted_at, locked.accepted_by = at, person
    locked.save(update_fields=["accepted_at", "accepted_by"])
    return person


@transaction.atomic
def suspend_person(person: User, *, by: User, at: datetime) -> User:
    """Stop somebody signing in, for now, and end every session they have."""
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require("suspend")
    person.is_active = False
    person.move(User.Status.SUSPENDED, by=by, at=at)
    end_sessions_of(person)
    return person


@transaction.atomic
def person_leaves(person: User, *, by: User, at: datetime) -> User:
    """End an account: what the person did stays, and they can no longer sign in."""
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require("end")
    person.is_active, person.left_at, person.left_by = False, at, by
    person.move(User.Status.LEFT, by=by, at=at)
    end_sessions_of(person)
    return person


@transaction.atomic
def return_person(person: User, *, by: User, at: datetime) -> User:
    """Let somebody suspended or gone sign in again. Sessions that ended stay ended."""
    person = User.objects.select_for_update().get(pk=person.pk)
    AccountsAccess(by, person).require("restore")
    person.is_active, person.left_at, person.left_by = True, None, None
    person.move(User.Status.ACTIVE, by=by, at=at)
    end_sessions_of(person)
    return person


@transaction.atomic
def add_agency(*, name: str, kind: Agency.Kind, by: User, at: datetime) -> Agency:
    """Add an agency that people can work for."""
    AccountsAccess(by).require("add_agency")
    if any(is_same_name(agency.name, name) for agency in Agency.objects.all()):
        raise Refused("There is an agency of this name already.", field="name")
    return Agency.objects.create(reference=unused_reference(Agency, "A"), name=name, kind=kind)
