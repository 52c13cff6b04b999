"""Decides the next step of each side of a concern, by its level, queue and state now.

An operation changes a locked concern and then calls a function here. Only three others touch steps: `operations.py`
fires one and writes the one that follows, and a promise and a hold put one off until their end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from alerts.outbox.operations import stop_alerts
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.hold_models import Hold
from concerns.engine.models import EscalationStep
from concerns.engine.plan import SidePlan, clock_start_of, plan_for


def pending_step(concern: Concern, side: Side) -> EscalationStep | None:
    """This side's next step, if it has one."""
    return EscalationStep.objects.pending().filter(concern=concern, side=side).first()


def settle_steps(concern: Concern, *, by: User | None, at: datetime) -> None:
    """After a move: give each side a next step if something is wanted of it, and otherwise stop its step."""
    for side in Side:
        if not concern.needs_act_from(side):
            stop_side(concern, side, by=by, at=at)
        elif concern.is_chased(side) and pending_step(concern, side) is None:
            start_side(concern, side, at=at)


def start_side(concern: Concern, side: Side, *, at: datetime) -> None:
    """Start one side's clock for a locked concern; the agencies' only if there is a queue.

    A concern that is in a queue waits no longer: the agencies' first rung is due at once, in a new queue too.
    """
    if side == Side.AGENCY and concern.queue is None:
        return
    waited = side == Side.AGENCY and concern.queued_at is not None
    first = plan_for(concern, side).first_step(at, round_number=next_round(concern, side), at_once=waited)
    EscalationStep.objects.create(concern=concern, side=side, round=first.round, rung=first.rung, due_at=first.due_at)


def stop_side(
    concern: Concern, side: Side, *, by: User | None, at: datetime, why: str = "no longer needed"
) -> EscalationStep | None:
    """Stop one side's pending step, its hold and its unsent alerts. Answers with the step that was stopped."""
    if by is not None:
        Hold.objects.in_force(at).filter(concern=concern, side=side).update(released_at=at, released_by=by)
    step = pending_step(concern, side)
    if step is not None:
        step.stopped_at = at
        step.save(update_fields=["stopped_at"])
    stop_alerts(f"{concern.reference}:{side}:", at=at, why=why)
    return step


def next_round(concern: Concern, side: Side) -> int:
    """One more than the highest round this side has had."""
    latest = EscalationStep.objects.filter(concern=concern, side=side).order_by("-round").first()
    return 1 if latest is None else latest.round + 1


def mark_queued(concern: Concern, *, at: datetime) -> None:
    """Write that the concern is in its area's queue from now on."""
    concern.queued_at = at
    concern.save(update_fields=["queued_at"])
    if concern.queue is not None:
        concern.note(f"In the {concern.queue.name}", by=None, at=at)


def enter_queue(concern: Concern, *, at: datetime) -> None:
    """Put the concern in its queue: the agencies' first rung is due at once."""
    mark_queued(concern, at=at)
    waiting = pending_step(concern, Side.AGENCY)
    if waiting is None:
        start_side(concern, Side.AGENCY, at=at)
    else:
        waiting.due_at = at
        waiting.save(update_fields=["due_at"])


def end_hold(concern: Concern, side: Side, *, why: str = "", by: User, at: datetime) -> bool:
    """End this side's hold: the clock goes on with the time that was left. False if there was no hold."""
    hold = Hold.objects.in_force(at).filter(concern=concern, side=side).first()
    if hold is None:
        return False
    step = pending_step(concern, side)
    if step is not None:
        step.due_at = _due_without_hold(hold, step, plan_for(concern, side), at=at)
        step.save(update_fields=["due_at"])
    hold.released_at, hold.released_by = at, by
    hold.save(update_fields=["released_at", "released_by"])
    concern.note("No longer on hold", by=by, at=at, detail=why, changes=False)
    return True


def _due_without_hold(hold: Hold | None, step: EscalationStep, plan: SidePlan, *, at: datetime) -> datetime:
    """When a step is due if its hold ends at that moment."""
    return step.due_at if hold is None else plan.clock.after(at, hold.left, plan.worktime)


def write_level(concern: Concern, level: Level, *, by: User, at: datetime) -> None:
    """Write the level of a locked concern, and move both sides' steps to it.

    A stricter level never leaves more time than was left. Immediate and Urgent end every hold.
    """
    stricter = Level(concern.level).sooner(level) != concern.level
    if level.tells_agency_at_once:
        for side in Side:
            end_hold(concern, side, why=f"{level.label} does not wait for anybody.", by=by, at=at)
    before = {side: _due_of_side_without_hold(concern, side, at=at) for side in Side}
    concern.level = level
    concern.save(update_fields=["level"])
    for side, due_now in before.items():
        if due_now is not None:
            _move_step_to_level(concern, side, due_now=due_now, stricter=stricter, at=at)
    if level.tells_agency_at_once and concern.queued_at is None and concern.queue is not None:
        enter_queue(concern, at=at)


def _due_of_side_without_hold(concern: Concern, side: Side, *, at: datetime) -> datetime | None:
    """When this side's step would be due if no hold had stopped its clock."""
    step, hold = pending_step(concern, side), hold_in_force(concern, side, at=at)
    if step is None:
        return None
    return _due_without_hold(hold, step, plan_for(concern, side), at=hold.begun_at if hold else at)


def _move_step_to_level(concern: Concern, side: Side, *, due_now: datetime, stricter: bool, at: datetime) -> None:
    """Move one side's pending step, and the time left by its hold, to the concern's new level."""
    step, hold = pending_step(concern, side), hold_in_force(concern, side, at=at)
    if step is None:
        return
    plan = plan_for(concern, side)
    due = _due_at_level(concern, step, plan, due_now=due_now, at=hold.begun_at if hold else at)
    due = min(due, due_now) if stricter else due
    if hold is not None:
        hold.left = plan.clock.between(hold.begun_at, due, plan.worktime)
        hold.save(update_fields=["left"])
        due = plan.clock.after(hold.until, hold.left, plan.worktime)
    step.due_at = due
    step.save(update_fields=["due_at"])


def _due_at_level(
    concern: Concern, step: EscalationStep, plan: SidePlan, *, due_now: datetime, at: datetime
) -> datetime:
    """When a pending step is due by the level's clock, and not before `at`. `due_now` is when it is due so far."""
    if step.promise is not None:
        return min(due_now, plan.latest_first_promise(at))
    if step.round > 1 and step.rung >= plan.last:
        return plan.clock.after(at, plan.clock.repeat_every, plan.worktime)
    side = Side(step.side)
    past = concern.holds.filter(side=side).exclude(pk__in=Hold.objects.in_force(at))
    start = start_after_holds(clock_start_of(concern, side), past, plan)
    waited = plan.rungs[0].after if side == Side.AGENCY and concern.queued_at is not None else timedelta()
    after = plan.rungs[min(step.rung, plan.last)].after - waited
    return max(at, plan.clock.after(start, after, plan.worktime))


def hold_in_force(concern: Concern, side: Side, *, at: datetime) -> Hold | None:
    return Hold.objects.in_force(at).filter(concern=concern, side=side).first()


def start_after_holds(start: datetime, holds: Iterable[Hold], plan: SidePlan) -> datetime:
    """A clock's start, moved by the time its side was on hold since then."""
    held = sum(
        (plan.clock.between(hold.begun_at, hold.ends_at, plan.worktime) for hold in holds if hold.begun_at >= start),
        timedelta(),
    )
    return plan.clock.after(start, held, plan.worktime) if held else start
