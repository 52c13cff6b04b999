"""Triages a concern: how urgent it is, and whether it is watched in the circle (domain.md 3.4, 7.6).

`sharing` and `awaiting_agency` of 7.6 are not states here. A concern is with the agencies if it has a queue, and
waits for their answer as long as their own clock runs, beside the charity's.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.nudge import nudge
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Level, Side
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.engine.ceiling import is_less_urgent
from concerns.engine.models import Acknowledgement
from concerns.engine.next_step import write_level
from concerns.engine.operations import fire_due_steps
from concerns.handling.promise_operations import check_promise, refuse_ended, write_promise
from core.errors import Refused


@transaction.atomic
def triage_concern(
    concern: Concern, *, level: Level, kind: str = "", reason: str = "", by: User, at: datetime
) -> Concern:
    """Decide how urgent a concern is. Raising needs no reason; lowering does (domain.md 3.4).

    Only the safeguarding lead or a manager may lower Immediate. Both clocks follow the new level at once: a stricter
    one never leaves more time than was left.
    """
    concern, at = lock_concern(concern, at=at)
    may = ConcernAccess(by, concern)
    may.require(ConcernAccess.triage)
    refuse_ended(concern)
    _refuse_untaken(concern)
    before = Level(concern.level)
    if before == Level.IMMEDIATE and is_less_urgent(level, before):
        may.require(ConcernAccess.lower_immediate)
    if (is_less_urgent(level, before) or is_less_urgent(level, concern.suggested_level)) and not reason.strip():
        raise Refused("Say why this is less urgent than it was.", field="reason")
    if concern.status != Concern.Status.TRIAGED:
        concern.move(Concern.Status.TRIAGED, by=by, at=at)
    if kind:
        concern.kind, concern.also = kind, [other for other in concern.kinds if other != kind]
        concern.save(update_fields=["kind", "also"])
    levels = f"{before.label}, as before" if level == before else f"{before.label} became {level.label}"
    concern.note(f"Triaged: {levels}", by=by, at=at, detail=reason.strip())
    if level != before:
        change_level(concern, level, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note=f"triaged {level.value}")
    return concern


def _refuse_untaken(concern: Concern) -> None:
    """Refuse if nobody has the concern yet, or if it is answered."""
    if concern.status == Concern.Status.RAISED:
        raise Refused("Nobody has this concern yet. Press “I am dealing with it” first.")
    if concern.status == Concern.Status.ANSWERED:
        raise Refused("This concern is answered. If there is something new, take it up again, with the reason.")


def change_level(concern: Concern, level: Level, *, by: User, at: datetime) -> None:
    """Write the level of a locked concern, move both clocks to it, and tell who is due to be told now."""
    write_level(concern, level, by=by, at=at)
    fire_due_steps(concern, at=at)
    nudge()


@transaction.atomic
def watch_in_circle(
    concern: Concern, *, plan: str, until: datetime, over: Acknowledgement | None = None, by: User, at: datetime
) -> Concern:
    """Have a triaged concern watched in the circle, with a plan and a day on which it is looked at again.

    On that day the charity's ladder goes on by itself, so that no watch is forgotten. A watch may last as long as a
    promise.
    """
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.watch)
    refuse_ended(concern)
    if not plan.strip():
        raise Refused("Write what the circle watches for, and what it does.", field="plan")
    concern.move(Concern.Status.MONITORED, by=by, at=at, note=plan.strip())
    check_promise(concern, Side.CHARITY, until, at=at)
    write_promise(concern, Side.CHARITY, until=until, plan=plan, over=over, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="watched in the circle")
    return concern
