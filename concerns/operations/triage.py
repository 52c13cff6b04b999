"""Sorting a concern: how urgent it is, and whether it is watched in the circle (domain.md 3.4, 7.6).

The moves `sharing` and `awaiting_agency` of 7.6 are not states here: that a concern is with the agencies is
its queue, and that they have not answered is their own clock, which runs beside the charity's.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.nudge import nudge
from audit.models import Act
from audit.trail import recorded
from concerns.access import ConcernAccess
from concerns.models import Concern, EscalationStep, Level, Side
from concerns.operations.escalation import fire_due_steps, reach_queue, start_chain
from concerns.operations.plan import SidePlan, plan_for, started
from concerns.operations.promise import check_promise, lock, promise, refuse_ended
from core.errors import Refused


def is_lower(level: str, than: str) -> bool:
    """Less urgent."""
    return level != than and Level(level).sooner(than) == than


@transaction.atomic
def triage_concern(
    concern: Concern, *, level: Level, kind: str = "", reason: str = "", by: User, at: datetime
) -> Concern:
    """Decide how urgent a concern is. Raising needs no reason; lowering does (domain.md 3.4).

    Immediate is lowered only by the safeguarding lead or a manager. The clocks follow the new level at
    once: a stricter one never leaves more time than was left.
    """
    concern = lock(concern)
    may = ConcernAccess(by, concern)
    may.require("triage")
    refuse_ended(concern)
    refuse_unsorted(concern)
    before = Level(concern.level)
    if before == Level.IMMEDIATE and is_lower(level, before):
        may.require("lower_immediate")
    if (is_lower(level, before) or is_lower(level, concern.suggested_level)) and not reason.strip():
        raise Refused("Say why this is less urgent than it was.", field="reason")
    if concern.status != Concern.Status.TRIAGED:
        concern.move(Concern.Status.TRIAGED, by=by, at=at)
    if kind:
        concern.kind, concern.also = kind, [each for each in concern.kinds if each != kind]
        concern.save(update_fields=["kind", "also"])
    said = f"{before.label}, as before" if level == before else f"{before.label} became {level.label}"
    concern.note(f"Triaged: {said}", by=by, at=at, detail=reason.strip())
    if level != before:
        change_level(concern, level, at=at)
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note=f"triaged {level.value}")
    return concern


def refuse_unsorted(concern: Concern) -> None:
    """A concern is sorted by somebody who has it, and until it is answered."""
    if concern.status == Concern.Status.RAISED:
        raise Refused("Nobody has this concern yet. Press “I am dealing with it” first.")
    if concern.status == Concern.Status.ANSWERED:
        raise Refused("This concern is answered. If there is something new, take it up again, with the reason.")


def change_level(concern: Concern, level: Level, *, at: datetime) -> None:
    """Write the level of a locked concern, and make both clocks follow it."""
    stricter = is_lower(concern.level, level)
    concern.level = level
    concern.save(update_fields=["level"])
    for side in Side:
        plan = plan_for(concern, side)
        step = EscalationStep.objects.pending().filter(concern=concern, side=side).first()
        if plan is not None and step is not None:
            due = due_at_level(concern, step, plan, at=at)
            step.due_at = min(due, step.due_at) if stricter else due
            step.save(update_fields=["due_at"])
    if level.tells_agency_at_once and concern.queued_at is None and concern.queue is not None:
        reach_queue(concern, at=at)
        start_agency(concern, at=at)
    fire_due_steps(concern, at=at)
    nudge()


def due_at_level(concern: Concern, step: EscalationStep, plan: SidePlan, *, at: datetime) -> datetime:
    """When a pending step is due by the new level's clock, never before now."""
    if step.promise is not None:
        return min(step.due_at, plan.latest_first_promise(at))
    if step.round > 1 and step.rung >= plan.last:
        return plan.clock.after(at, plan.clock.repeat_every, plan.worktime)
    after = plan.rungs[min(step.rung, plan.last)].after
    return max(at, plan.clock.after(started(concern, Side(step.side)), after, plan.worktime))


def start_agency(concern: Concern, *, at: datetime) -> None:
    """The agencies' chain, now that the concern is in their queue; the one that waited is due at once."""
    waiting = EscalationStep.objects.pending().filter(concern=concern, side=Side.AGENCY).first()
    if waiting is None:
        start_chain(concern, Side.AGENCY, at=at)
    else:
        waiting.due_at = at
        waiting.save(update_fields=["due_at"])


@transaction.atomic
def watch_in_circle(concern: Concern, *, plan: str, until: datetime, by: User, at: datetime) -> Concern:
    """Manage a sorted concern in the circle, with a plan and a day it is looked at again.

    On that day the charity's ladder goes on by itself, so that no watch is forgotten.
    """
    concern = lock(concern)
    ConcernAccess(by, concern).require("triage")
    refuse_ended(concern)
    if not plan.strip():
        raise Refused("Write what the circle watches for, and what it does.", field="plan")
    concern.move(Concern.Status.MONITORED, by=by, at=at, note=plan.strip())
    check_promise(concern, Side.CHARITY, until, at=at, acted=True)
    promise(concern, Side.CHARITY, until=until, plan=plan, by=by, at=at)
    recorded(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="watched in the circle")
    return concern
