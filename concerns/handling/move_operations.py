"""Moves a concern to another area's queue: who may see it changes, and the agencies' clock starts again (E33)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Level, Side
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.engine.next_step import enter_queue, stop_side
from concerns.engine.operations import URGENCIES, fire_due_steps
from concerns.handling.promise_operations import refuse_ended, refuse_settled
from concerns.queue.models import Queue
from core.errors import Refused


@transaction.atomic
def move_to_queue(concern: Concern, *, queue: Queue, reason: str, by: User, at: datetime) -> Concern:
    """Give a concern to another area's queue, with a reason. Both queues' people are told.

    Those who work only the old queue no longer see it: their claim or promise ends with the move.
    """
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.move_queue)
    refuse_ended(concern)
    refuse_settled(concern, Side.AGENCY)
    old = concern.queue
    if old == queue:
        raise Refused(f"It is in the {queue.name} already. Choose another.", field="queue")
    if not reason.strip():
        raise Refused("Say why it belongs to the other queue.", field="reason")
    write_move(concern, queue, reason.strip(), by=by, at=at)
    return concern


def write_move(concern: Concern, queue: Queue, reason: str, *, by: User, at: datetime) -> None:
    """Give a locked concern to another queue: a new ladder for it, and both queues' people are told."""
    old = concern.queue
    leaving = set(old.workers()) if old is not None and concern.queued_at is not None else set()
    stop_side(concern, Side.AGENCY, by=by, at=at, why="moved to another queue")
    concern.note(f"Moved to the {queue.name}", by=by, at=at, detail=reason)
    concern.queue = queue
    concern.save(update_fields=["queue"])
    enter_queue(concern, at=at)
    _drop_lost_claim(concern)
    fire_due_steps(concern, at=at)
    _tell_both_queues(concern, queue, old, leaving - {by}, at=at)
    if leaving and old is not None:
        write_entry(Act.REVOKED, concern, by=by, at=at, within=concern.filed_within, recipient=old.name)
    write_entry(Act.SHARED, concern, by=by, at=at, within=concern.filed_within, recipient=queue.name)
    nudge()


def _drop_lost_claim(concern: Concern) -> None:
    """End a claim of somebody who can no longer see the concern (escalation.md 5)."""
    claimed = concern.claimed_by
    if claimed is not None and not ConcernAccess(claimed, concern).read_story:
        concern.claimed_by = concern.claimed_until = None
        concern.save(update_fields=["claimed_by", "claimed_until"])


def _tell_both_queues(concern: Concern, queue: Queue, old: Queue | None, leaving: set[User], *, at: datetime) -> None:
    """Tell the new queue's people of the concern, and the old queue's people that their queue has changed."""
    key = f"{concern.reference}:moved:{queue.reference}"
    barred = {concern.raised_by_id, concern.about_id}
    coming = [person for person in queue.workers() if person.pk not in barred]
    queue_alert(
        key=f"{key}:to",
        to=coming,
        urgency=URGENCIES[Level(concern.level)],
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=concern.circle.core_member_id,
        link=concern.get_absolute_url(),
        at=at,
    )
    gone = [person for person in leaving if person not in coming and person.pk not in barred]
    if old is not None:
        queue_alert(
            key=f"{key}:from",
            to=gone,
            urgency=Urgency.ROUTINE,
            wording=Wording.THERE_IS_NEWS,
            about=concern.circle.core_member_id,
            link=old.get_absolute_url(),
            at=at,
        )
