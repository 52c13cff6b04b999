"""How far a promise, a watch or a hold may reach.

Asked of one side alone, of what it did since its round began, and at the level that now holds: what the other side
did, or this side before its time passed, or under a lesser level, allows nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.models import Acknowledgement, EscalationStep
from concerns.engine.plan import SidePlan, started
from core.errors import Refused
from core.templatetags.ui import moment_in_full

LONGEST_PROMISE = timedelta(days=14)
"""After an action; a volunteer hears at least "no news yet" every 14 days (domain.md 3.9)."""

LOOKS_BACK = 50
"""Steps that are read; nobody promises so often in a row without an action."""


def latest_promise(concern: Concern, step: EscalationStep | None, plan: SidePlan, *, at: datetime) -> datetime:
    """How far a promise or a watch may reach: a fortnight after the last action of this side; before there is one, the
    level's time for a first action, counted from the first promise of the row."""
    row = promises_in_a_row(concern, step, at=at)
    action = next((promise for promise in row if promise.acted), None)
    if action is not None:
        return action.at + LONGEST_PROMISE
    return plan.latest_first_promise(row[-1].at if row else at)


def promises_in_a_row(concern: Concern, pending: EscalationStep | None, *, at: datetime) -> list[Acknowledgement]:
    """The promise that stands on the side of this pending step and those it followed unbroken, the latest first.

    The row is broken where a promise passed, where the clock started anew, and where the level was a lesser one.
    """
    row: list[Acknowledgement] = []
    if pending is None or pending.promise_id is None:
        return row
    steps = concern.steps.filter(side=pending.side).select_related("promise").order_by("-round", "-pk")
    for step in steps[:LOOKS_BACK]:
        passed = step.fired_at is not None or (step.stopped_at is None and step.due_at <= at)
        if step.promise is None or passed or is_lesser(step.promise.level, concern.level):
            break
        row.append(step.promise)
    return row


def is_lesser(level: str, than: str) -> bool:
    """Less urgent."""
    return level != than and Level(level).sooner(than) == than


def latest_hold(concern: Concern, side: Side, *, at: datetime) -> datetime:
    """How far a hold may reach: a fortnight from the first one since anything was done on this side."""
    began = started(concern, side)
    action = concern.acknowledgements.filter(side=side, acted=True, at__gt=began).order_by("-at").first()
    holds = concern.holds.filter(side=side, begun_at__gte=action.at if action else began)
    first = holds.order_by("begun_at").first()
    return (first.begun_at if first else at) + LONGEST_PROMISE


def check_until(until: datetime, *, latest: datetime, at: datetime) -> None:
    """Refuse a moment that has passed, and one that is too late."""
    if until <= at:
        raise Refused("Choose a time later than now.", field="until")
    if latest <= at:
        raise Refused("Nothing was done here for as long as may be. Record what was done first.", field="until")
    if until > latest:
        raise Refused(f"Choose a time no later than {moment_in_full(latest)}.", field="until")
