"""How long a promise, a watch or a hold may last.

What counts is what this side did since its round began, at the concern's level now. What the other side did gives no
more time; nor does what this side did before a promise passed, or at a less urgent level.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.models import Acknowledgement, EscalationStep
from concerns.engine.plan import SidePlan, clock_start_of
from core.errors import Refused
from core.templatetags.ui import moment_in_full

LONGEST_PROMISE = timedelta(days=14)
"""After an action; a volunteer hears at least "no news yet" every 14 days (domain.md 3.9)."""

STEPS_READ = 50
"""How many steps are read back. Nobody promises so often in a row without an action."""


def latest_end_of_promise(concern: Concern, step: EscalationStep | None, plan: SidePlan, *, at: datetime) -> datetime:
    """The latest end a promise or a watch may have: 14 days after this side's last action.

    Before there is an action, it is the level's time for a first action, counted from the first promise of the row.
    """
    row = unbroken_promises_of(concern, step, at=at)
    action = next((promise for promise in row if promise.acted), None)
    if action is not None:
        return action.at + LONGEST_PROMISE
    return plan.latest_first_promise(row[-1].at if row else at)


def unbroken_promises_of(concern: Concern, pending: EscalationStep | None, *, at: datetime) -> list[Acknowledgement]:
    """The promise that this pending step waits for, and those before it in an unbroken row; the latest first.

    The row ends where a promise passed, where the clock started again, and where the level was less urgent.
    """
    row: list[Acknowledgement] = []
    if pending is None or pending.promise_id is None:
        return row
    steps = concern.steps.filter(side=pending.side).select_related("promise").order_by("-round", "-pk")
    for step in steps[:STEPS_READ]:
        passed = step.fired_at is not None or (step.stopped_at is None and step.due_at <= at)
        if step.promise is None or passed or is_less_urgent(step.promise.level, concern.level):
            break
        row.append(step.promise)
    return row


def is_less_urgent(level: str, than: str) -> bool:
    """Whether a level is less urgent than another."""
    return level != than and Level(level).sooner(than) == than


def latest_end_of_hold(concern: Concern, side: Side, *, at: datetime) -> datetime:
    """The latest end a hold may have: 14 days after the first hold since anything was done on this side."""
    began = clock_start_of(concern, side)
    action = concern.acknowledgements.filter(side=side, acted=True, at__gt=began).order_by("-at").first()
    holds = concern.holds.filter(side=side, begun_at__gte=action.at if action else began)
    first = holds.order_by("begun_at").first()
    return (first.begun_at if first else at) + LONGEST_PROMISE


def check_until(until: datetime, *, latest: datetime, at: datetime) -> None:
    """Refuse a moment that has passed, and one later than `latest`."""
    if until <= at:
        raise Refused("Choose a time later than now.", field="until")
    if latest <= at:
        raise Refused("Nothing has been recorded here for too long. Record what was done first.", field="until")
    if until > latest:
        raise Refused(f"Choose a time no later than {moment_in_full(latest)}.", field="until")
