"""Hands over a person's open referrals when their account ends, or when they are no longer a coordinator."""

from __future__ import annotations

from datetime import datetime

from accounts.access import Role, successor_of
from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from offenders.referral.models import Referral


def hand_over_referrals(person: User, *, by: User, at: datetime) -> None:
    """Give this person's open referrals to the manager who takes over (settings.ON_LEAVING)."""
    _give_to_successor(person, by=by, at=at, why="coordinator left")


def hand_over_with_role(person: User, role: Role, *, by: User, at: datetime) -> None:
    """The same for somebody who loses the coordinator's role (settings.ON_ROLE_TAKEN)."""
    if role is Role.COORDINATOR:
        _give_to_successor(person, by=by, at=at, why="no longer a coordinator")


def _give_to_successor(person: User, *, by: User, at: datetime, why: str) -> None:
    successor = successor_of(person, by=by)
    if successor is None:
        return
    held = Referral.objects.select_for_update(of=("self",)).filter(coordinator=person)
    for referral in held.exclude(status__in=Referral.OVER):
        referral.coordinator = successor
        referral.save(update_fields=["coordinator"])
        write_entry(Act.GRANTED, referral, by=by, at=at, recipient=successor.reference, note=why)
