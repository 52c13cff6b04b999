"""Fires the steps that are due, and makes the next one due where a message failed."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from alerts.outbox.unreached import unreached
from alerts.pause.models import SendingPause
from alerts.receipt.operations import reachable_people
from concerns.choices import Level, Side
from concerns.concern.locking import lock_concern_if_free
from concerns.concern.models import Concern
from concerns.engine.audience import audience_name
from concerns.engine.cover import Recipients, has_fired_last_rung, recipients_of_step
from concerns.engine.models import EscalationStep
from concerns.engine.next_step import mark_queued, stop_side
from concerns.engine.plan import Plans
from core.rows import only_row_of
from core.templatetags.ui import length_in_words

logger = logging.getLogger(__name__)

LATE = timedelta(minutes=2)
MINUTES_ALONE = timedelta(hours=2)
FAILURES_COUNT_FOR = timedelta(days=1)
URGENCIES = {
    Level.IMMEDIATE: Urgency.IMMEDIATE,
    Level.URGENT: Urgency.URGENT,
    Level.PRIORITY: Urgency.ROUTINE,
    Level.LOG: Urgency.ROUTINE,
}


def fire_due_concerns(*, at: datetime, limit: int = 2000, budget: float | None = None) -> int:
    """Fire due steps, each concern in its own transaction. Answers with how many fired.

    Steps beyond `limit`, or beyond `budget` seconds, stay due for the next sweep. Any number of clocks may run this
    at once: each locks the concern's row with SKIP LOCKED. If a concern cannot be fired, that is logged, its steps
    stay due, and the others go on.
    """
    fired = 0
    started, plans = time.monotonic(), Plans()
    due = EscalationStep.objects.due(at)
    paused_since = SendingPause.objects.began_at()
    if paused_since is not None:
        due = due.filter(due_at__gt=paused_since)
    waiting = due.values_list("concern", flat=True)[:limit]
    for pk in dict.fromkeys(waiting):
        if fired >= limit or (budget is not None and time.monotonic() - started > budget):
            break
        try:
            fired += fire_concern(pk, plans, at=at)
        except Exception:
            logger.exception("a due step could not be fired", extra={"concern": pk})
    return fired


@transaction.atomic
def fire_concern(pk: int, plans: Plans, *, at: datetime) -> int:
    """Fire one concern's due steps. Does nothing if another clock or a person has locked it."""
    concern, at = lock_concern_if_free(pk, at=at)
    if concern is None:
        return 0
    return fire_due_steps(concern, at=at, plans=plans)


def fire_due_steps(concern: Concern, *, at: datetime, plans: Plans | None = None) -> int:
    """Fire the due steps of a locked concern until none is due, the longest overdue first. Answers with how many.

    If the concern has ended, its steps are stopped. Nobody else changes steps while the concern is locked.
    """
    fired, plans = 0, plans or Plans()
    due = list(EscalationStep.objects.due(at).filter(concern=concern))
    while due:
        step = due.pop(0)
        step.concern = concern
        if not concern.is_open:
            stop_side(concern, Side(step.side), by=None, at=at)
            continue
        following = _fire_step(concern, step, plans, at=at)
        fired += 1
        if following.due_at <= at:
            due = sorted([*due, following], key=lambda step: (step.due_at, step.pk))
    return fired


def _fire_step(concern: Concern, step: EscalationStep, plans: Plans, *, at: datetime) -> EscalationStep:
    """Tell the rung's people, and write the step that follows. Answers with that step."""
    plan = plans.of(concern, Side(step.side))
    rung = min(step.rung, plan.last)
    if step.side == Side.AGENCY and concern.queued_at is None:
        mark_queued(concern, at=at)
    repeats = rung == plan.last and has_fired_last_rung(concern, Side(step.side), plan)
    recipients = recipients_of_step(concern, step, plan, repeats=repeats, at=at)
    step.fired_at = at
    step.save(update_fields=["fired_at"])
    if recipients.people:
        _tell_people(concern, step, recipients.people, at=at)
    reached = bool(reachable_people(recipients.present, URGENCIES[concern.pace]))
    then = plan.step_after(round_number=step.round, rung=rung, due_at=step.due_at, at=at, reached=reached)
    audience = audience_name(plan.rungs[rung].audience, concern)
    _note_firing(concern, step, audience, recipients, at=at, is_last=rung == plan.last, reached=reached)
    return EscalationStep.objects.create(
        concern=concern, side=step.side, round=then.round, rung=then.rung, due_at=then.due_at
    )


def _tell_people(concern: Concern, step: EscalationStep, people: list[User], *, at: datetime) -> None:
    queue_alert(
        key=step.alert_key,
        to=people,
        urgency=URGENCIES[concern.pace],
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=concern.circle.core_member_id,
        link=concern.get_absolute_url(),
        at=at,
    )


def _note_firing(
    concern: Concern,
    step: EscalationStep,
    audience: str,
    recipients: Recipients,
    *,
    at: datetime,
    is_last: bool,
    reached: bool,
) -> None:
    """Write down who was told and how late, or that nobody could be."""
    late = at - step.due_at
    detail = f"{delay_in_words(late)} late." if late > LATE else ""
    if step.promise is not None:
        detail = f"The promise of {step.promise.giver} passed. {detail}".strip()
    detail = " ".join([*recipients.away, detail]).strip()
    if recipients.people and not reached and not is_last:
        why = "No message reaches them outside Waymark." if recipients.present else "Nobody of them is there."
        detail = f"{why} Going on at once. {detail}".strip()
    if recipients.people:
        count = "1 person" if len(recipients.people) == 1 else f"{len(recipients.people)} people"
        concern.note(f"Told: {audience} ({count})", by=None, at=at, detail=detail, changes=False)
    else:
        logger.error("rung reached nobody", extra={"concern": concern.reference, "rung": step.rung})
        then = "It will be tried again." if is_last else "Going on at once."
        concern.note(f"Nobody to tell: {audience}. {then}", by=None, at=at, detail=detail, changes=False)


def delay_in_words(late: timedelta) -> str:
    """Such as 90 minutes; from two hours on 5 h 50 min; from two days on 3 days."""
    return f"{int(late.total_seconds() // 60)} minutes" if late < MINUTES_ALONE else length_in_words(late)


def hasten_unreached_steps(*, at: datetime) -> int:
    """Make the next rung due now where a rung's message failed for good for somebody. Answers with how many.

    One dead address must not run up the ladder: a person who was missed before, at a rung that others heard, does not
    count again. Repeats of the last rung keep their time.
    """
    missed = _missed_people_by_key(since=at - FAILURES_COUNT_FOR)
    references = {key.partition(":")[0] for key in missed}
    coming = EscalationStep.objects.pending().filter(concern__reference__in=references, promise=None, due_at__gt=at)
    hastened = 0
    for step in coming.select_related("concern"):
        people = missed.get(step.key_of_rung(step.rung - 1), [])
        hastened += bool(people) and _hasten_step(step, people, at=at)
    return hastened


def _missed_people_by_key(*, since: datetime) -> dict[str, list[User]]:
    """The people each rung missed, by the key of its alerts. See `hasten_unreached_steps` for whom it leaves out."""
    missed: dict[str, list[User]] = {}
    before: set[tuple[str, int]] = set()
    for failure in unreached(since=since):
        ladder = failure.key.rsplit(":", 2)[0]
        if not failure.others_reached or (ladder, failure.person.pk) not in before:
            missed.setdefault(failure.key, []).append(failure.person)
        before.add((ladder, failure.person.pk))
    return missed


@transaction.atomic
def _hasten_step(step: EscalationStep, missed: list[User], *, at: datetime) -> bool:
    """Make one step due now, unless somebody took the concern on or it fired meanwhile."""
    concern, moment = lock_concern_if_free(step.concern_id, at=at)
    held = only_row_of(EscalationStep.objects.pending().filter(pk=step.pk, due_at__gt=at))
    if concern is None or held is None:
        return False
    if concern.holds.in_force(at).filter(side=held.side).exists():
        return False
    held.due_at = at
    held.save(update_fields=["due_at"])
    names = ", ".join(sorted({person.full_name for person in missed}))
    going_on = "A message could not be delivered. Going on at once."
    concern.note(going_on, by=None, at=moment, detail=f"To {names}.", changes=False)
    return True
