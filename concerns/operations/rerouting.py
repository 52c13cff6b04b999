"""Moving a concern to another area's queue, and joining it to another concern."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.nudge import nudge
from audit.models import Act
from audit.trail import recorded
from concerns.access import ConcernAccess
from concerns.models import Concern, EscalationStep, Level, Queue, Side
from concerns.operations.concern import hasten_first_rung
from concerns.operations.escalation import fire_due_steps, next_round, reach_queue, start_chain, stop_side
from concerns.operations.promise import lock, refuse_answered, refuse_ended
from core.errors import Refused

STRICTNESS = list(Level)
"""The strictest first."""


@transaction.atomic
def move_concern(concern: Concern, *, queue: Queue, reason: str, by: User, at: datetime) -> Concern:
    """Take a concern out of one queue into another: the old chain stops, a new one starts now, sight moves with it."""
    concern = lock(concern)
    ConcernAccess(by, concern).require("move")
    refuse_ended(concern)
    refuse_answered(concern, Side.AGENCY)
    if not reason.strip():
        raise Refused("Say why it belongs in the other queue.", "reason")
    before = concern.queue
    if before == queue:
        raise Refused(f"It is in the {queue.name} already. Choose another.", "queue")
    stop_side(concern, Side.AGENCY, at=at, why="moved to another queue")
    if before is not None and concern.queued_at is not None:
        concern.note(f"Out of the {before.name}", by=by, at=at, detail=reason.strip())
        recorded(Act.REVOKED, concern, by=by, at=at, within=concern.filed_within, recipient=before.name)
    concern.queue = queue
    concern.claimed_by = concern.claimed_until = None
    concern.save(update_fields=["queue", "claimed_by", "claimed_until"])
    reach_queue(concern, at=at)
    start_chain(concern, Side.AGENCY, at=at)
    hasten_first_rung(concern, at=at)
    fire_due_steps(concern, at=at)
    recorded(Act.SHARED, concern, by=by, at=at, within=concern.filed_within, recipient=queue.name)
    nudge()
    return concern


@transaction.atomic
def merge_concern(concern: Concern, *, into: Concern, by: User, at: datetime) -> Concern:
    """Join a concern to another about the same circle. The strictest level and the soonest clock win."""
    first, second = sorted([concern.pk, into.pk])
    locked = {pk: Concern.objects.select_for_update(of=("self",)).get(pk=pk) for pk in dict.fromkeys([first, second])}
    concern, into = locked[concern.pk], locked[into.pk]
    for each in (concern, into):
        ConcernAccess(by, each).require("merge")
    refuse_merging(concern, into)
    if STRICTNESS.index(Level(concern.level)) < STRICTNESS.index(Level(into.level)):
        into.level = concern.level
        into.save(update_fields=["level"])
    if concern.queued_at is not None and into.queued_at is None:
        into.queue = concern.queue
        into.save(update_fields=["queue"])
        reach_queue(into, at=at)
    for side in Side:
        keep_soonest(concern, into, side, at=at)
    concern.closed_at, concern.closed_by, concern.merged_into = at, by, into
    concern.move(Concern.Status.MERGED, by=by, at=at, note=f"Joined to {into.reference}.")
    into.note("Another concern was joined to this one", by=by, at=at, detail=f"{concern.reference}.")
    for each in (concern, into):
        recorded(Act.COMBINED, each, by=by, at=at, within=each.filed_within)
    fire_due_steps(into, at=at)
    nudge()
    return into


def refuse_merging(concern: Concern, into: Concern) -> None:
    if concern.pk == into.pk:
        raise Refused("That is this concern itself. Write the reference of the other one.", "into")
    if concern.circle_id != into.circle_id or concern.about_id != into.about_id:
        raise Refused("The two are not about the same circle and person. Keep them apart.", "into")
    for each in (concern, into):
        refuse_ended(each)
    if Concern.Status.ANSWERED in (concern.status, into.status):
        raise Refused("One of them is answered already. Finish that one instead.", "into")
    if concern.queue_id != into.queue_id and concern.queued_at is not None and into.queued_at is not None:
        raise Refused("They are in two queues. Move one of them first.", "into")


def keep_soonest(concern: Concern, into: Concern, side: Side, *, at: datetime) -> None:
    """Leave `into` the sooner of both pending steps, and `concern` none."""
    theirs = stop_side(concern, side, at=at, why="joined to another concern")
    ours = EscalationStep.objects.pending().filter(concern=into, side=side).first()
    if theirs is None or (ours is not None and ours.due_at <= theirs.due_at):
        return
    if ours is not None:
        ours.stopped_at = at
        ours.save(update_fields=["stopped_at"])
    EscalationStep.objects.create(
        concern=into, side=side, round=next_round(into, side), rung=theirs.rung, due_at=theirs.due_at,
        promise=theirs.promise,
    )  # fmt: skip
