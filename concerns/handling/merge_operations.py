"""Joins two concerns about one thing. The stricter clock wins, and both concerns stay readable (E34)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.nudge import nudge
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Level, Side
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concerns
from concerns.concern.models import Concern
from concerns.engine.ceiling import is_less_urgent
from concerns.engine.models import EscalationStep
from concerns.engine.next_step import end_hold, enter_queue, next_round, pending_step, stop_side
from concerns.engine.operations import fire_due_steps
from concerns.handling.promise_operations import refuse_ended
from concerns.handling.triage_operations import change_level
from core.errors import Refused


@transaction.atomic
def merge_concern(concern: Concern, *, into: Concern, reason: str, by: User, at: datetime) -> Concern:
    """Join this concern to another of the same circle. Answers with the one that goes on.

    The joined concern keeps its words and points to the other, whose level and clocks become the stricter of the two.
    The authors of both hear what came of it. The stories name no reference, because not everybody who reads one
    concern may see the other; the page names it to those who may.
    """
    locked, at = lock_concerns([concern, into], at=at)
    concern, into = locked[concern.pk], locked[into.pk]
    for each in (concern, into):
        ConcernAccess(by, each).require(ConcernAccess.merge)
    _check_merge(concern, into, reason)
    for each in (concern, into):
        for side in Side:
            end_hold(each, side, why="What was on hold is another concern now.", by=by, at=at)
    concern.merged_into, concern.closed_at, concern.closed_by = into, at, by
    concern.move(Concern.Status.MERGED, by=by, at=at, note=reason.strip())
    stopped = {side: stop_side(concern, side, by=by, at=at, why="joined to another") for side in Side}
    into.note("Another concern was joined to this one", by=by, at=at, detail=reason.strip())
    if concern.queued_at is not None and into.queued_at is None and into.queue is not None:
        enter_queue(into, at=at)
        fire_due_steps(into, at=at)
    if is_less_urgent(into.level, concern.level):
        change_level(into, Level(concern.level), by=by, at=at)
    for side, step in stopped.items():
        if step is not None:
            _carry_step(into, side, step)
    fire_due_steps(into, at=at)
    for each in (concern, into):
        write_entry(Act.COMBINED, each, by=by, at=at, within=each.filed_within)
    nudge()
    return into


def _check_merge(concern: Concern, into: Concern, reason: str) -> None:
    if concern.pk == into.pk:
        raise Refused("That is this concern. Write the reference of the other one.", field="into")
    refuse_ended(concern)
    refuse_ended(into)
    if into.status == Concern.Status.ANSWERED:
        raise Refused("That one is answered. Take it up again first, or link the two.", field="into")
    if concern.circle_id != into.circle_id:
        raise Refused("They belong to two circles. Link them instead, so that both stay as they are.", field="into")
    if concern.about_id != into.about_id:
        raise Refused("They are about different people of the team. Link them instead.", field="into")
    if not reason.strip():
        raise Refused("Say why they are the same concern.", field="reason")


def _carry_step(into: Concern, side: Side, step: EscalationStep) -> None:
    """Take over the step of the joined concern, if it was due sooner or if this side has none."""
    own = pending_step(into, side)
    if own is not None:
        own.due_at = min(own.due_at, step.due_at)
        own.save(update_fields=["due_at"])
    elif side == Side.CHARITY or into.queue is not None:
        EscalationStep.objects.create(
            concern=into, side=side, round=next_round(into, side), rung=step.rung, due_at=step.due_at
        )


def concerns_merged_into(concern: Concern) -> list[Concern]:
    """Every concern joined to this one, and those joined to them in turn."""
    concerns: list[Concern] = []
    keys = [concern.pk]
    while keys:
        joined = list(Concern.objects.filter(merged_into__in=keys).select_related("raised_by"))
        concerns += joined
        keys = [each.pk for each in joined]
    return concerns
