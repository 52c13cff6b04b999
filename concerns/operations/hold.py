"""Waiting for somebody: a hold stops one side's clock, and what was left of it is left afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from concerns.access import ConcernAccess
from concerns.models import Concern, EscalationStep, Hold, Level, Side
from concerns.operations.plan import SidePlan, plan_for
from concerns.operations.promise import LONGEST_PROMISE, lock, refuse_answered, refuse_ended
from core.errors import Refused
from core.templatetags.ui import said


@transaction.atomic
def hold_concern(concern: Concern, *, waiting_for: str, until: datetime, by: User, at: datetime) -> Hold:
    """Stop this side's clock until then, or until released; the other side's goes on.

    The pending step is put off by exactly the time on hold, as its clock counts (E18), and stays pending,
    so that a hold nobody releases ends by itself. Immediate never waits.
    """
    concern = lock(concern)
    may = ConcernAccess(by, concern)
    may.require("hold")
    refuse_ended(concern)
    refuse_answered(concern, may.side)
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
    concern.note(f"On hold until {said(until)}", by=by, at=at, detail=f"Waiting for {hold.waiting_for}.")
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="on hold")
    return hold


def check_hold(concern: Concern, side: Side, waiting_for: str, until: datetime, *, at: datetime) -> None:
    """Refuse a hold nobody answers for, one without an end, and any on an Immediate concern."""
    if concern.status == Concern.Status.RAISED and Level(concern.level).tells_agency_at_once:
        raise Refused("Nobody has this concern yet. Press “I am dealing with it” first.")
    if concern.level == Level.IMMEDIATE:
        raise Refused("Immediate does not wait for anybody. Telephone, and record what was done.")
    if not waiting_for.strip():
        raise Refused("Write whom you are waiting for.", field="waiting_for")
    if until <= at:
        raise Refused("Choose a time later than now.", field="until")
    if until > at + LONGEST_PROMISE:
        raise Refused(f"Choose a time no later than {said(at + LONGEST_PROMISE)}.", field="until")
    standing = Hold.objects.standing(at).filter(concern=concern, side=side).first()
    if standing is not None:
        raise Refused(f"It is on hold already, waiting for {standing.waiting_for}. Release that first.")


def running(concern: Concern, side: Side) -> tuple[EscalationStep, SidePlan]:
    """The side's pending step and its plan. Refused when no clock of that side runs."""
    plan = plan_for(concern, side)
    step = EscalationStep.objects.pending().filter(concern=concern, side=side).first()
    if plan is None or step is None:
        raise Refused("No clock of yours runs here, so there is nothing to hold.")
    return step, plan


@transaction.atomic
def release_hold(concern: Concern, *, by: User, at: datetime) -> Hold:
    """They answered: the clock goes on with what was left of it."""
    concern = lock(concern)
    may = ConcernAccess(by, concern)
    may.require("hold")
    hold = Hold.objects.standing(at).filter(concern=concern, side=may.side).first()
    if hold is None:
        raise Refused("It is not on hold. Somebody may have released it: open it again.")
    step, plan = running(concern, may.side)
    step.due_at = plan.clock.after(at, hold.left, plan.worktime)
    step.save(update_fields=["due_at"])
    hold.released_at, hold.released_by = at, by
    hold.save(update_fields=["released_at", "released_by"])
    concern.note("No longer on hold", by=by, at=at)
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="hold released")
    return hold
