"""Waiting for somebody: a hold stops one side's clock, and what was left of it is left afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from concerns.choices import Level, Side
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock
from concerns.concern.models import Concern
from concerns.engine.ceiling import check_until, latest_hold
from concerns.engine.hold_models import Hold
from concerns.engine.models import EscalationStep
from concerns.engine.next_step import end_hold, pending_step, standing_hold
from concerns.engine.plan import SidePlan, plan_for
from concerns.handling.promise_operations import refuse_ended, refuse_settled
from core.errors import Refused
from core.templatetags.ui import moment_in_full


@transaction.atomic
def hold_concern(concern: Concern, *, waiting_for: str, until: datetime, by: User, at: datetime) -> Hold:
    """Stop this side's clock until then, or until released; the other side's goes on.

    The pending step is put off by exactly the time on hold, as its clock counts (E18), and stays pending,
    so that a hold nobody releases ends by itself. What is urgent never waits.
    """
    concern, at = lock(concern, at=at)
    may = ConcernAccess(by, concern)
    may.require(ConcernAccess.hold)
    refuse_ended(concern)
    refuse_settled(concern, may.side)
    check_hold(concern, may.side, waiting_for, until, at=at)
    step, plan = running(concern, may.side)
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
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="on hold")
    return hold


def check_hold(concern: Concern, side: Side, waiting_for: str, until: datetime, *, at: datetime) -> None:
    """Refuse a hold nobody answers for, one without an end, and any on what is urgent."""
    if concern.status == Concern.Status.RAISED and Level(concern.level).tells_agency_at_once:
        raise Refused("Nobody has this concern yet. Press “I am dealing with it” first.")
    level = Level(concern.level)
    if level.tells_agency_at_once:
        raise Refused(f"{level.label} does not wait for anybody. Telephone, and record what was done.")
    if not waiting_for.strip():
        raise Refused("Write whom you are waiting for.", field="waiting_for")
    check_until(until, latest=latest_hold(concern, side, at=at), at=at)
    standing = standing_hold(concern, side, at=at)
    if standing is not None:
        raise Refused(f"It is on hold already, waiting for {standing.waiting_for}. Release that first.")


def running(concern: Concern, side: Side) -> tuple[EscalationStep, SidePlan]:
    """The side's pending step and its plan. Refused when no clock of that side runs."""
    plan = plan_for(concern, side)
    step = pending_step(concern, side)
    if plan is None or step is None:
        raise Refused("No clock of yours runs here, so there is nothing to hold.")
    return step, plan


@transaction.atomic
def release_hold(concern: Concern, *, by: User, at: datetime) -> Concern:
    """They answered: the clock goes on with what was left of it."""
    concern, at = lock(concern, at=at)
    may = ConcernAccess(by, concern)
    may.require(ConcernAccess.hold)
    if not end_hold(concern, may.side, by=by, at=at):
        raise Refused("It is not on hold. Somebody may have released it: open it again.")
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="hold released")
    return concern
