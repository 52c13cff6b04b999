"""How the demo's people come to be there: invited, accepting, and with a second factor, as anybody would."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.access import Role
from accounts.models import Agency, Area, Invitation, User
from accounts.operations import accept_invitation, add_agency, write_invitation
from alerts.message.models import Alert
from alerts.outbox.operations import read_alert, stop_alerts
from embedded.cast import AGENCIES, Part


def join_first_manager(part: Part, *, at: datetime) -> User:
    """The first of all, whom nobody invites but whoever installs the service."""
    invitation, _ = write_invitation(
        email=part.email, full_name=part.name, role=Role.MANAGER, agency=None, area=None, by=None, at=at
    )
    return accept(invitation, part, at=at)


def join_agencies(*, by: User, at: datetime) -> dict[str, Agency]:
    return {name: add_agency(name=name, kind=Agency.Kind(kind), by=by, at=at) for name, kind in AGENCIES.items()}


def join_service(part: Part, agency: Agency, area: Area, *, by: User, at: datetime) -> User:
    """Everybody else; the invitation is accepted without being posted, because nobody reads that mail."""
    invitation, _ = write_invitation(
        email=part.email, full_name=part.name, role=Role(part.role), agency=agency, area=area, by=by, at=at
    )
    return accept(invitation, part, at=at)


def accept(invitation: Invitation, part: Part, *, at: datetime) -> User:
    """A password and an app's secret that nobody knows: in the demo one becomes people by a button, as if by both."""
    joined = accept_invitation(
        invitation, full_name=part.name, first_name=part.name.split()[0], password=secrets.token_urlsafe(24), at=at
    )
    TOTP.activate(joined, generate_totp_secret())
    return joined


def settle_past(key_prefix: str, *, at: datetime) -> None:
    """Stop the alerts with these keys and mark them read: in the demo they were told long ago."""
    stop_alerts(key_prefix, at=at)
    for alert in Alert.objects.inbox().filter(key__startswith=key_prefix, read_at=None).select_related("recipient"):
        read_alert(alert, by=alert.recipient, at=at)
