"""Passes a concern on, records what was done, answers it, tells the volunteer, and closes it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Feedback, Outcome, Side, Withheld
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern, lock_concerns
from concerns.concern.models import Concern
from concerns.concern.states import ConcernStatus
from concerns.engine.cover import people_with_stand_ins
from concerns.engine.models import Acknowledgement, EscalationStep
from concerns.engine.next_step import enter_queue, next_round, pending_step, settle_steps, stop_side
from concerns.engine.operations import fire_due_steps
from concerns.engine.plan import plan_for
from concerns.handling.merge_operations import concerns_merged_into
from concerns.handling.promise_operations import check_promise, refuse_ended, refuse_settled, write_promise
from core.errors import Refused

FEEDBACK_FIELDS = ["feedback", "feedback_at", "feedback_by"]
WITHHELD_FIELDS = ["withheld", "withheld_at", "withheld_by"]


@transaction.atomic
def pass_to_queue(concern: Concern, *, by: User, at: datetime) -> Concern:
    """Pass a concern to the area's queue, and start the agencies' clock now."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.pass_on)
    refuse_ended(concern)
    if concern.queue is None:
        raise Refused("This area has no queue yet. Telephone the named practitioner, and tell a manager.")
    if concern.queued_at is not None:
        raise Refused(f"It is already in the {concern.queue.name}.")
    enter_queue(concern, at=at)
    fire_due_steps(concern, at=at)
    write_entry(Act.SHARED, concern, by=by, at=at, within=concern.filed_within, recipient=concern.queue.name)
    nudge()
    return concern


@transaction.atomic
def record_action(
    concern: Concern,
    *,
    what: str,
    until: datetime | None = None,
    over: Acknowledgement | None = None,
    by: User,
    at: datetime,
) -> Concern:
    """Record what was done, with a promise until when the person has the concern.

    The concern's author promises nothing: the clocks go on, because somebody else must have it.
    """
    concern, at = lock_concern(concern, at=at)
    may = ConcernAccess(by, concern)
    may.require(ConcernAccess.record_action)
    refuse_ended(concern)
    refuse_settled(concern, may.side)
    if concern.status == Concern.Status.RAISED:
        raise Refused("Nobody has this concern yet. Press “I am dealing with it” first.")
    if not what.strip():
        raise Refused("Write what was done.", field="what")
    concern.note("Action", by=by, at=at, detail=what.strip())
    if not may.is_author:
        if until is None:
            raise Refused("Choose until when you have it.", field="until")
        check_promise(concern, may.side, until, at=at, acted=True)
        write_promise(concern, may.side, until=until, plan="", over=over, acted=True, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="action recorded")
    return concern


@transaction.atomic
def answer_concern(concern: Concern, *, outcome: Outcome, answer: str, by: User, at: datetime) -> Concern:
    """Record what came of it, for the people working the case. Ends the agencies' clock."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.answer)
    if not answer.strip():
        raise Refused("Write what was decided, in a sentence.", field="answer")
    write_answer(concern, outcome, answer.strip(), by=by, at=at)
    return concern


def write_answer(concern: Concern, outcome: Outcome, answer: str, *, by: User, at: datetime) -> None:
    """Write what came of a locked concern, stop the agencies' clock, tell the coordinator."""
    concern.outcome, concern.answer = outcome, answer
    concern.move(Concern.Status.ANSWERED, by=by, at=at, note=f"{Outcome(outcome).label}. {answer}")
    _settle_after_answer(concern, by=by, at=at)
    coordinator = User.objects.filter(pk=concern.circle.coordinator_id).exclude(pk=concern.about_id or 0)
    for person in people_with_stand_ins(coordinator, concern, at=at):
        if person != by:
            tell_news(concern, person, "answer", at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="answered")


def _settle_after_answer(concern: Concern, *, by: User, at: datetime) -> None:
    """Stop the agencies' clock; the charity's goes on until the author was told.

    If somebody at the charity has promised, the promise stays. If nobody has, the ladder starts again at its second
    rung, at the pace of Priority or slower: the first rung is not needed, since the coordinator hears of the answer.
    """
    settle_steps(concern, by=by, at=at)
    step = pending_step(concern, Side.CHARITY)
    if step is None or step.promise is not None:
        return
    stop_side(concern, Side.CHARITY, by=by, at=at)
    plan = plan_for(concern, Side.CHARITY)
    then = plan.step_after(round_number=next_round(concern, Side.CHARITY), rung=0, due_at=at, at=at, reached=True)
    EscalationStep.objects.create(
        concern=concern, side=Side.CHARITY, round=then.round, rung=then.rung, due_at=then.due_at
    )


@transaction.atomic
def give_feedback(concern: Concern, *, feedback: Feedback, by: User, at: datetime) -> Concern:
    """Tell the author what came of it, in one of the safe sentences (domain.md 3.9). Authors of joined concerns too."""
    locked, at = lock_concerns([concern, *concerns_merged_into(concern)], at=at)
    concern = locked.pop(concern.pk)
    ConcernAccess(by, concern).require(ConcernAccess.give_feedback)
    if concern.status == Concern.Status.RAISED_IN_ERROR:
        raise Refused("This was marked as raised in error, so there is nothing to tell.")
    if concern.status == Concern.Status.MERGED:
        raise Refused("This was joined to another. Tell the volunteer there, and both hear it.")
    if {joined.pk for joined in concerns_merged_into(concern)} != set(locked):
        raise Refused("Another concern was joined to this one just now. Open it again and read that first.")
    for each in (concern, *locked.values()):
        _tell_author(each, feedback, by=by, at=at)
    settle_steps(concern, by=by, at=at)
    return concern


def _tell_author(concern: Concern, feedback: Feedback, *, by: User, at: datetime) -> None:
    """Write the feedback of one concern, and tell its author."""
    concern.feedback, concern.feedback_at, concern.feedback_by = feedback, at, by
    concern.withheld, concern.withheld_at, concern.withheld_by = "", None, None
    concern.save(update_fields=[*FEEDBACK_FIELDS, *WITHHELD_FIELDS])
    concern.note("Told the volunteer", by=by, at=at, detail=Feedback(feedback).label)
    tell_news(concern, concern.raised_by, f"feedback:{feedback}:{concern.reopened_at or ''}", at=at)
    write_entry(Act.SHARED, concern, by=by, at=at, within=concern.filed_within, recipient="who raised it")


@transaction.atomic
def withhold_feedback(concern: Concern, *, why: Withheld, by: User, at: datetime) -> Concern:
    """Record why the author is told nothing. Refused after they were told. Telling them later undoes it."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.give_feedback)
    refuse_ended(concern)
    if concern.feedback:
        raise Refused("They were told already, so there is nothing to withhold.", field="why")
    concern.withheld, concern.withheld_at, concern.withheld_by = why, at, by
    concern.save(update_fields=WITHHELD_FIELDS)
    concern.note("The volunteer is told nothing", by=by, at=at, detail=f"{Withheld(why).label}.")
    settle_steps(concern, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="feedback withheld")
    return concern


@transaction.atomic
def close_concern(concern: Concern, *, by: User, at: datetime) -> Concern:
    """Finish an answered concern whose author was told, or of whom it is written why not."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.close)
    if not concern.is_feedback_settled:
        raise Refused("Tell the volunteer what came of it first. “We cannot tell you more” is one of the answers.")
    end_concern(concern, Concern.Status.CLOSED, by=by, at=at)
    return concern


def end_concern(concern: Concern, status: ConcernStatus, *, by: User, at: datetime, note: str = "") -> None:
    concern.closed_at, concern.closed_by = at, by
    concern.move(status, by=by, at=at, note=note)
    settle_steps(concern, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note=status.value)


def tell_news(concern: Concern, person: User, what: str, *, at: datetime) -> None:
    """Send one person the routine alert that there is something to read. `what` makes its key."""
    queue_alert(
        key=f"{concern.reference}:news:{what}",
        to=[person],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=concern.circle.core_member_id,
        link=concern.get_absolute_url(),
        at=at,
    )
    nudge()
