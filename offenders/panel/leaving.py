"""Takes a person off every panel when their account ends, or when they lose the role for which they sat there."""

from __future__ import annotations

from datetime import datetime

from accounts.access import Role
from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from offenders.panel.models import ON_A_PANEL, Seat


def end_seats(person: User, *, by: User, at: datetime) -> None:
    """End this person's seats (settings.ON_LEAVING). A view they gave stays."""
    _end_seats(person, by=by, at=at, why="account ended")


def end_seats_with_role(person: User, role: Role, *, by: User, at: datetime) -> None:
    """The same for somebody who has no role left for which one sits on a panel (settings.ON_ROLE_TAKEN)."""
    if not any(person.has_role(other) for other in ON_A_PANEL if other is not role):
        _end_seats(person, by=by, at=at, why="role taken")


def _end_seats(person: User, *, by: User, at: datetime, why: str) -> None:
    seats = Seat.objects.select_for_update(of=("self",)).select_related("referral").filter(person=person, ended_at=None)
    for seat in seats.order_by("pk"):
        seat.ended_at, seat.ended_by = at, by
        seat.save(update_fields=["ended_at", "ended_by"])
        write_entry(Act.REVOKED, seat.referral, by=by, at=at, recipient=person.reference, note=why)
