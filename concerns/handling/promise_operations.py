"""Takes a concern on: with a claim for 15 minutes, or with a promise until a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Side
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.engine.ceiling import LONGEST_PROMISE, check_until, latest_end_of_promise
from concerns.engine.models import Acknowledgement, EscalationStep
from concerns.engine.next_step import next_round, pending_step, stop_side
from concerns.engine.plan import plan_for
from core.errors import Refused
from core.templatetags.ui import moment_in_full

CLAIM_LASTS = timedelta(minutes=15)


@transaction.atomic
def claim_concern(concern: Concern, *, by: User, at: datetime) -> Concern:
    """Tell the others in the queue: I am reading this. It ends by itself, and stops no clock."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.claim)
    refuse_ended(concern)
    claimed = concern.claimed_by
    stands = claimed is not None and concern.claimed_until is not None and concern.claimed_until > at
    if claimed is not None and stands and claimed != by and ConcernAccess(claimed, concern).claim:
        raise Refused(
            f"{claimed.full_name} is reading this now. If it cannot wait, press “I am dealing with it” yourself."
        )
    concern.claimed_by, concern.claimed_until = by, at + CLAIM_LASTS
    concern.save(update_fields=["claimed_by", "claimed_until"])
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="claimed")
    return concern


@transaction.atomic
def release_claim(concern: Concern, *, by: User, at: datetime) -> Concern:
    """Give a claim back before it ends."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.claim)
    if concern.claimed_by != by:
        raise Refused("You have not claimed this concern.")
    concern.claimed_by = concern.claimed_until = None
    concern.save(update_fields=["claimed_by", "claimed_until"])
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="claim released")
    return concern


@transaction.atomic
def acknowledge_concern(
    concern: Concern, *, until: datetime, plan: str = "", over: Acknowledgement | None = None, by: User, at: datetime
) -> Concern:
    """Promise: I have it until then. This side's ladder stops, and goes on where it stood if the time passes.

    `until` must be in the future and within the level's time for a first action. `over` is a colleague's promise
    that is taken over on purpose.
    """
    concern, at = lock_concern(concern, at=at)
    may = ConcernAccess(by, concern)
    may.require(ConcernAccess.acknowledge)
    refuse_ended(concern)
    refuse_settled(concern, may.side)
    check_promise(concern, may.side, until, at=at)
    if concern.status == Concern.Status.RAISED:
        concern.move(Concern.Status.ACKNOWLEDGED, by=by, at=at)
    write_promise(concern, may.side, until=until, plan=plan, over=over, by=by, at=at)
    concern.claimed_by = concern.claimed_until = None
    concern.save(update_fields=["claimed_by", "claimed_until"])
    _spare_agency(concern, may.side, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="acknowledged")
    return concern


def write_promise(
    concern: Concern,
    side: Side,
    *,
    until: datetime,
    plan: str,
    over: Acknowledgement | None = None,
    acted: bool = False,
    share: Any = None,
    by: User,
    at: datetime,
) -> Acknowledgement:
    """Write the promise and the step that goes on with the ladder if it passes. Who had it before is told."""
    if by.pk in (concern.raised_by_id, concern.about_id):
        raise Refused("You raised this, or it is about you, so somebody else must have it.")
    before = promise_of_another(concern, pending_step(concern, side), by=by, at=at)
    if before is not None and before != over:
        raise Refused(
            f"{before.giver} has it until {moment_in_full(before.until)}. If you take it over all the same, say so.",
            field="over",
        )
    stopped = stop_side(concern, side, by=by, at=at, why="stopped by an acknowledgement")
    promise = Acknowledgement.objects.create(
        concern=concern, side=side, by=by, at=at, until=until, plan=plan, level=concern.level, acted=acted, share=share
    )
    EscalationStep.objects.create(
        concern=concern,
        side=side,
        round=next_round(concern, side),
        rung=stopped.rung if stopped else 0,
        due_at=until,
        promise=promise,
    )
    taken = f"Taken over from {before.giver}." if before is not None else ""
    concern.note(f"Has it until {moment_in_full(until)}", by=by, at=at, detail=f"{taken} {plan}".strip(), changes=False)
    if before is not None and ConcernAccess(before.by, concern).acknowledge:
        _tell_previous_holder(concern, before, promise, at=at)
    return promise


def promise_of_another(
    concern: Concern, step: EscalationStep | None, *, by: User, at: datetime
) -> Acknowledgement | None:
    """The promise of a colleague that a side's pending step waits for, if it stands and they can still keep it."""
    standing = step.promise if step is not None and step.due_at > at else None
    if standing is None or standing.by_id == by.pk:
        return None
    keeps = standing.share is not None or ConcernAccess(standing.by, concern).acknowledge
    return standing if keeps else None


def _tell_previous_holder(concern: Concern, before: Acknowledgement, promise: Acknowledgement, *, at: datetime) -> None:
    """Send whoever had it the routine alert that somebody else has it now."""
    queue_alert(
        key=f"{concern.reference}:news:taken:{promise.pk}",
        to=[before.by],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=concern.circle.core_member_id,
        link=concern.get_absolute_url(),
        at=at,
    )


def _spare_agency(concern: Concern, side: Side, *, by: User, at: datetime) -> None:
    """Stop the agencies' clock if the charity takes a concern on before it reached the queue (escalation.md 3)."""
    if side == Side.CHARITY and concern.queued_at is None:
        stop_side(concern, Side.AGENCY, by=by, at=at, why="stopped by an acknowledgement")


def check_promise(concern: Concern, side: Side, until: datetime, *, at: datetime, acted: bool = False) -> None:
    """Refuse a promise that ends in the past or too late. `acted` says that an action is recorded with it."""
    step = pending_step(concern, side)
    latest = at + LONGEST_PROMISE if acted else latest_end_of_promise(concern, step, plan_for(concern, side), at=at)
    check_until(until, latest=latest, at=at)


def refuse_settled(concern: Concern, side: Side) -> None:
    """Refuse where this side has nothing left to do: no promise starts its clock again."""
    if concern.status != Concern.Status.ANSWERED or concern.needs_act_from(side):
        return
    if side == Side.AGENCY:
        raise Refused("This concern is answered. If there is something new, tell the coordinator.")
    raise Refused("This concern is answered and its author was told. Finish it, or take it up again, with the reason.")


def refuse_ended(concern: Concern) -> None:
    if not concern.is_open:
        raise Refused("This concern is finished. If there is something new, raise a new concern.")
