"""Ends a person's duties when their account ends: shifts on call, and managing a queue's team."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Change, User
from accounts.operations import note_change
from audit.models import Act
from audit.trail import write_entry
from concerns.queue.models import Queue
from concerns.rota.models import OnCallShift
from concerns.rota.operations import record_call_off


def end_duties(person: User, *, by: User, at: datetime) -> None:
    """Call off the person's shifts and end their management of teams.

    Called by accounts, in the transaction that ends the account (settings.ON_LEAVING).
    """
    to_come = OnCallShift.objects.select_for_update(of=("self",)).filter(cancelled_at=None, ends_at__gt=at)
    for shift in to_come.filter(person=person):
        record_call_off(shift, by=by, at=at)
        note_change(person, Change.SHIFT_CANCELLED, by=by, at=at, note="account ended")
    for queue in Queue.objects.select_for_update(of=("self",)).filter(team_manager=person):
        queue.team_manager = None
        queue.save(update_fields=["team_manager"])
        write_entry(Act.REVOKED, queue, by=by, at=at, recipient=person.reference, note="team manager left")
