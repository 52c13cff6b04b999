"""The next step of each side of a concern, decided in one place, by the level, queue and state that now hold.

An operation changes a locked concern and says so here. No other module starts, stops or puts off a step, save that
`escalation.py` fires one and writes the one that follows, and a promise and a hold put one off by what they say.
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
from concerns.engine.plan import SidePlan, plan_for, started


def pending_step(concern: Concern, side: Side) -> EscalationStep | None:
    """What comes next on this side, if anything does."""
    return EscalationStep.objects.pending().filter(concern=concern, side=side).first()


def settle(concern: Concern, *, by: User | None, at: datetime) -> None:
    """After a move: each side has a next step as long as something is wanted of it, and none afterwards."""
    for side in Side:
        if not concern.wants_act_of(side):
            stop_side(concern, side, by=by, at=at)
        elif concern.is_chased(side) and pending_step(concern, side) is None:
            start_chain(concern, side, at=at)


def start_chain(concern: Concern, side: Side, *, at: datetime) -> None:
    """Start one side's clock for a locked concern, the agencies' only where there is a queue.

    What is in a queue has had its wait, or had none: its first rung is due at once, in a new queue too.
    """
    if side == Side.AGENCY and concern.queue is None:
        return
    waited = side == Side.AGENCY and concern.queued_at is not None
    first = plan_for(concern, side).first(at, round_number=next_round(concern, side), hasten=waited)
    EscalationStep.objects.create(concern=concern, side=side, round=first.round, rung=first.rung, due_at=first.due_at)


def stop_side(
    concern: Concern, side: Side, *, by: User | None, at: datetime, why: str = "no longer needed"
) -> EscalationStep | None:
    """Stop one side's pending step, what holds it and its unsent alerts; answer with the step that stood."""
    if by is not None:
        Hold.objects.standing(at).filter(concern=concern, side=side).update(released_at=at, released_by=by)
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


def reach_queue(concern: Concern, *, at: datetime) -> None:
    """The concern is in its area's queue from now on."""
    concern.queued_at = at
    concern.save(update_fields=["queued_at"])
    if concern.queue is not None:
        concern.note(f"In the {concern.queue.name}", by=None, at=at)


def enter_queue(concern: Concern, *, at: datetime) -> None:
    """Somebody gives it to the queue now: the agencies' first rung is due at once."""
    reach_queue(concern, at=at)
    waiting = pending_step(concern, Side.AGENCY)
    if waiting is None:
        start_chain(concern, Side.AGENCY, at=at)
    else:
        waiting.due_at = at
        waiting.save(update_fields=["due_at"])


def end_hold(concern: Concern, side: Side, *, why: str = "", by: User, at: datetime) -> bool:
    """What holds this side's clock ends: the clock goes on with what was left of it. Whether anything held it."""
    hold = Hold.objects.standing(at).filter(concern=concern, side=side).first()
    if hold is None:
        return False
    step = pending_step(concern, side)
    if step is not None:
        step.due_at = due_without(hold, step, plan_for(concern, side), at=at)
        step.save(update_fields=["due_at"])
    hold.released_at, hold.released_by = at, by
    hold.save(update_fields=["released_at", "released_by"])
    concern.note("No longer on hold", by=by, at=at, detail=why, changes=False)
    return True


def due_without(hold: Hold | None, step: EscalationStep, plan: SidePlan, *, at: datetime) -> datetime:
    """When a step would be due if nothing held it from that moment on."""
    return step.due_at if hold is None else plan.clock.after(at, hold.left, plan.worktime)


def write_level(concern: Concern, level: Level, *, by: User, at: datetime) -> None:
    """Write the level of a locked concern, and make both clocks follow it.

    A stricter one never leaves more time than was left, and one that cannot wait ends every hold.
    """
    stricter = Level(concern.level).sooner(level) != concern.level
    if level.tells_agency_at_once:
        for side in Side:
            end_hold(concern, side, why=f"{level.label} does not wait for anybody.", by=by, at=at)
    before = {side: due_unheld(concern, side, at=at) for side in Side}
    concern.level = level
    concern.save(update_fields=["level"])
    for side, stands in before.items():
        if stands is not None:
            follow_level(concern, side, stands=stands, stricter=stricter, at=at)
    if level.tells_agency_at_once and concern.queued_at is None and concern.queue is not None:
        enter_queue(concern, at=at)


def due_unheld(concern: Concern, side: Side, *, at: datetime) -> datetime | None:
    """When this side's step is due, counted from the moment at which a hold stopped its clock."""
    step, hold = pending_step(concern, side), standing_hold(concern, side, at=at)
    if step is None:
        return None
    return due_without(hold, step, plan_for(concern, side), at=hold.begun_at if hold else at)


def follow_level(concern: Concern, side: Side, *, stands: datetime, stricter: bool, at: datetime) -> None:
    """Put one side's pending step where the level that now holds has it, and what is left of a hold with it."""
    step, hold = pending_step(concern, side), standing_hold(concern, side, at=at)
    if step is None:
        return
    plan = plan_for(concern, side)
    due = due_at_level(concern, step, plan, stands=stands, at=hold.begun_at if hold else at)
    due = min(due, stands) if stricter else due
    if hold is not None:
        hold.left = plan.clock.between(hold.begun_at, due, plan.worktime)
        hold.save(update_fields=["left"])
        due = plan.clock.after(hold.until, hold.left, plan.worktime)
    step.due_at = due
    step.save(update_fields=["due_at"])


def due_at_level(concern: Concern, step: EscalationStep, plan: SidePlan, *, stands: datetime, at: datetime) -> datetime:
    """When a pending step is due by the level's clock, never before that moment; `stands` is when it is due now."""
    if step.promise is not None:
        return min(stands, plan.latest_first_promise(at))
    if step.round > 1 and step.rung >= plan.last:
        return plan.clock.after(at, plan.clock.repeat_every, plan.worktime)
    side = Side(step.side)
    past = concern.holds.filter(side=side).exclude(pk__in=Hold.objects.standing(at))
    start = after_holds(started(concern, side), past, plan)
    waited = plan.rungs[0].after if side == Side.AGENCY and concern.queued_at is not None else timedelta()
    after = plan.rungs[min(step.rung, plan.last)].after - waited
    return max(at, plan.clock.after(start, after, plan.worktime))


def standing_hold(concern: Concern, side: Side, *, at: datetime) -> Hold | None:
    return Hold.objects.standing(at).filter(concern=concern, side=side).first()


def after_holds(start: datetime, holds: Iterable[Hold], plan: SidePlan) -> datetime:
    """A clock's start, put off by the time its side was on hold since."""
    held = sum(
        (plan.clock.between(hold.begun_at, hold.ends_at, plan.worktime) for hold in holds if hold.begun_at >= start),
        timedelta(),
    )
    return plan.clock.after(start, held, plan.worktime) if held else start
