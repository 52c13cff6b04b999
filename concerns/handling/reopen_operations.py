"""Reopens an answered or finished concern, because there is something new (domain.md 7.6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.nudge import nudge
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Side
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.engine.next_step import settle_steps, stop_side
from concerns.engine.operations import fire_due_steps
from concerns.handling.operations import FEEDBACK_FIELDS, WITHHELD_FIELDS
from core.errors import Refused


@transaction.atomic
def reopen_concern(concern: Concern, *, reason: str, by: User, at: datetime) -> Concern:
    """Reopen a concern, with the reason. Both sides' clocks start again, and its author is to be told again."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.reopen)
    if concern.status not in {Concern.Status.ANSWERED, Concern.Status.CLOSED}:
        raise Refused("Only an answered or a finished concern is taken up again.")
    if not reason.strip():
        raise Refused("Say what is new.", field="reason")
    concern.closed_at = concern.closed_by = None
    concern.outcome = concern.answer = ""
    concern.move(Concern.Status.TRIAGED, by=by, at=at, note=f"Taken up again. {reason.strip()}")
    concern.reopened_at, concern.reopened_by = at, by
    concern.feedback, concern.feedback_at, concern.feedback_by = "", None, None
    concern.withheld, concern.withheld_at, concern.withheld_by = "", None, None
    concern.queued_at = at if concern.queued_at is not None else None
    concern.save(update_fields=["reopened_at", "reopened_by", "queued_at", *FEEDBACK_FIELDS, *WITHHELD_FIELDS])
    for side in Side:
        stop_side(concern, side, by=by, at=at)
    settle_steps(concern, by=by, at=at)
    fire_due_steps(concern, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="reopened")
    nudge()
    return concern
