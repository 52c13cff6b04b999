"""Lets the demo's people join as anybody joins: invited, accepted, and with a second factor."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.access import Role
from accounts.models import Agency, Area, Invitation, User
from accounts.operations import accept_invitation, add_agency, write_invitation
from embedded.demo_data import AGENCIES, InventedPerson


def join_first_manager(person: InventedPerson, *, at: datetime) -> User:
    """Let the first manager join, whom nobody invites but whoever installs the service."""
    invitation, _ = write_invitation(
        email=person.email, full_name=person.name, role=Role.MANAGER, agency=None, area=None, by=None, at=at
    )
    return _accept(invitation, person, at=at)


def join_agencies(*, by: User, at: datetime) -> dict[str, Agency]:
    return {name: add_agency(name=name, kind=Agency.Kind(kind), by=by, at=at) for name, kind in AGENCIES.items()}


def join_service(person: InventedPerson, agency: Agency, area: Area, *, by: User, at: datetime) -> User:
    """Let somebody else join. No invitation is sent by e-mail, because nobody reads that mail."""
    invitation, _ = write_invitation(
        email=person.email, full_name=person.name, role=Role(person.role), agency=agency, area=area, by=by, at=at
    )
    return _accept(invitation, person, at=at)


def _accept(invitation: Invitation, person: InventedPerson, *, at: datetime) -> User:
    """Accept with a random password and a random app secret. In the demo a button signs people in instead."""
    joined = accept_invitation(
        invitation, full_name=person.name, first_name=person.name.split()[0], password=secrets.token_urlsafe(24), at=at
    )
    TOTP.activate(joined, generate_totp_secret())
    return joined
