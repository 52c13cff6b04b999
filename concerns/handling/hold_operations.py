"""Puts one side's clock on hold, and releases it. The time that was left when it stopped is left when it goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Level, Side
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.engine.ceiling import check_until, latest_end_of_hold
from concerns.engine.hold_models import Hold
from concerns.engine.models import EscalationStep
from concerns.engine.next_step import end_hold, hold_in_force, pending_step
from concerns.engine.plan import SidePlan, plan_for
from concerns.handling.promise_operations import refuse_ended, refuse_settled
from core.errors import Refused
from core.templatetags.ui import moment_in_full


@transaction.atomic
def hold_concern(concern: Concern, *, waiting_for: str, until: datetime, by: User, at: datetime) -> Hold:
    """Stop this side's clock until `until`, or until it is released. The other side's clock goes on.

    The pending step is put off by exactly the time on hold, as its clock counts (E18). It stays pending, so that a
    hold nobody releases ends by itself. Immediate and Urgent concerns are never put on hold.
    """
    concern, at = lock_concern(concern, at=at)
    may = ConcernAccess(by, concern)
    may.require(ConcernAccess.hold)
    refuse_ended(concern)
    refuse_settled(concern, may.side)
    _check_hold(concern, may.side, waiting_for, until, at=at)
    step, plan = _running_step(concern, may.side)
    left = plan.clock.between(at, step.due_at, plan.worktime)
    step.due_at = plan.clock.after(until, left, plan.worktime)
    step.save(update_fields=["due_at"])
    hold = Hold.objects.create(
        concern=concern,
        side=may.side,
        waiting_for=waiting_for.strip(),
        begun_at=at,
        begun_by=by,
        until=until,
        left=left,
    )
    waiting = f"Waiting for {hold.waiting_for}."
    concern.note(f"On hold until {moment_in_full(until)}", by=by, at=at, detail=waiting, changes=False)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="on hold")
    return hold


def _check_hold(concern: Concern, side: Side, waiting_for: str, until: datetime, *, at: datetime) -> None:
    """Refuse a hold that names nobody or has no right end, and any hold of an Immediate or Urgent concern."""
    if concern.status == Concern.Status.RAISED and Level(concern.level).tells_agency_at_once:
        raise Refused("Nobody has this concern yet. Press “I am dealing with it” first.")
    level = Level(concern.level)
    if level.tells_agency_at_once:
        raise Refused(f"{level.label} does not wait for anybody. Telephone, and record what was done.")
    if not waiting_for.strip():
        raise Refused("Write whom you are waiting for.", field="waiting_for")
    check_until(until, latest=latest_end_of_hold(concern, side, at=at), at=at)
    on_hold = hold_in_force(concern, side, at=at)
    if on_hold is not None:
        raise Refused(f"It is on hold already, waiting for {on_hold.waiting_for}. Release that first.")


def _running_step(concern: Concern, side: Side) -> tuple[EscalationStep, SidePlan]:
    """The side's pending step and its plan. Refused if that side has no clock."""
    plan = plan_for(concern, side)
    step = pending_step(concern, side)
    if plan is None or step is None:
        raise Refused("Your side has no clock running here, so there is nothing to hold.")
    return step, plan


@transaction.atomic
def release_hold(concern: Concern, *, by: User, at: datetime) -> Concern:
    """End the hold: the clock goes on with the time that was left."""
    concern, at = lock_concern(concern, at=at)
    may = ConcernAccess(by, concern)
    may.require(ConcernAccess.hold)
    if not end_hold(concern, may.side, by=by, at=at):
        raise Refused("It is not on hold. Somebody may have released it: open it again.")
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="hold released")
    return concern
