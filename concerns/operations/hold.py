"""Putting a lesser concern on hold, and taking it off again: the clock is longer by exactly the time it stood."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from concerns.access import ConcernAccess
from concerns.models import Concern, EscalationStep, Hold, Level, Side
from concerns.operations.plan import plan_for
from concerns.operations.promise import lock, refuse_ended, said
from core.errors import Refused
from core.worktime import WORKING_DAY

LONGEST = 10 * WORKING_DAY


@transaction.atomic
def hold_concern(concern: Concern, *, until: datetime, reason: str, by: User, at: datetime) -> Hold:
    """Stop this side's clock until a time. For what waits on somebody else, and never for what is urgent."""
    concern = lock(concern)
    may = ConcernAccess(by, concern)
    may.require("hold")
    refuse_ended(concern)
    step = held_step(concern, may.side, until, reason, at=at)
    plan = plan_for(concern, may.side)
    if until > plan.worktime.add(at, LONGEST):
        raise Refused(f"Choose a time no later than {said(plan.worktime.add(at, LONGEST))}.", "until")
    hold = Hold.objects.create(
        concern=concern, side=may.side, held_at=at, held_by=by, until=until,
        left=plan.worktime.between(at, step.due_at),
    )  # fmt: skip
    step.due_at = plan.worktime.add(until, hold.left)
    step.save(update_fields=["due_at"])
    concern.note(f"On hold until {said(until)}", by=by, at=at, detail=reason.strip())
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="on hold")
    return hold


def held_step(concern: Concern, side: Side, until: datetime, reason: str, *, at: datetime) -> EscalationStep:
    """The step whose clock may be stopped; refuses whatever may not."""
    if Level(concern.level).tells_agency_at_once:
        raise Refused("An urgent concern is never put on hold. Press “I have it” and say until when.")
    if not reason.strip():
        raise Refused("Say what it waits for.", "reason")
    if until <= at:
        raise Refused("Choose a time later than now.", "until")
    step = EscalationStep.objects.pending().filter(concern=concern, side=side).first()
    if step is None or step.promise_id is not None:
        raise Refused("Somebody has this concern, so no clock runs. Record what was done instead.")
    if standing_hold(concern, side, at=at) is not None:
        raise Refused("It is on hold already. Take it off first, to choose another time.")
    return step


def standing_hold(concern: Concern, side: Side, *, at: datetime) -> Hold | None:
    """The hold that stands now on this side."""
    return Hold.objects.filter(concern=concern, side=side, released_at=None, until__gt=at).first()


@transaction.atomic
def release_hold(concern: Concern, *, by: User, at: datetime) -> Concern:
    """Let the clock run on from now with what was left of it."""
    concern = lock(concern)
    may = ConcernAccess(by, concern)
    may.require("hold")
    hold = standing_hold(concern, may.side, at=at)
    if hold is None:
        raise Refused("It is not on hold.")
    hold.released_at, hold.released_by = at, by
    hold.save(update_fields=["released_at", "released_by"])
    step = EscalationStep.objects.pending().filter(concern=concern, side=may.side, promise=None).first()
    if step is not None:
        step.due_at = plan_for(concern, may.side).worktime.add(at, hold.left)
        step.save(update_fields=["due_at"])
    concern.note("Off hold", by=by, at=at)
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="off hold")
    return concern
