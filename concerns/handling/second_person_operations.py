"""Ends a concern with nothing done: one person proposes it, another agrees (domain.md 7.6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Audience, Level, Outcome
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.engine.audience import people_for
from concerns.engine.cover import people_with_stand_ins
from concerns.handling.models import Ending, EndProposal
from concerns.handling.operations import end_concern, tell_news, write_answer
from concerns.handling.promise_operations import refuse_ended
from core.errors import Refused

NEEDS_SECOND = {Level.IMMEDIATE, Level.URGENT, Level.PRIORITY}
"""The levels at which "no action" needs a second person (domain.md 7.6). "Raised in error" always does."""


@transaction.atomic
def mark_raised_in_error(concern: Concern, *, reason: str, by: User, at: datetime) -> EndProposal:
    """Propose that a concern should not have been raised. It goes on until another person agrees."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.mark_raised_in_error)
    _refuse_where_others_joined(concern)
    if not reason.strip():
        raise Refused("Say why it was raised in error.", field="reason")
    concern.LIFECYCLE.check(concern.status, Concern.Status.RAISED_IN_ERROR)
    return _write_proposal(concern, Ending.RAISED_IN_ERROR, reason, by=by, at=at)


@transaction.atomic
def record_no_action_needed(concern: Concern, *, reason: str, by: User, at: datetime) -> EndProposal | None:
    """Record that a triaged concern needs no action. From Priority up a second person must agree first.

    Answers with the proposal, or None if nobody need agree.
    """
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.triage)
    refuse_ended(concern)
    if not reason.strip():
        raise Refused("Say why nothing is needed.", field="reason")
    if concern.queued_at is not None:
        raise Refused("The agencies have it too, so the answer is theirs to record.")
    if concern.status not in {Concern.Status.TRIAGED, Concern.Status.MONITORED}:
        raise Refused("Triage it first: say how urgent it is.")
    if Level(concern.level) in NEEDS_SECOND:
        return _write_proposal(concern, Ending.NO_ACTION, reason, by=by, at=at)
    write_answer(concern, Outcome.NO_ACTION, reason.strip(), by=by, at=at)
    return None


def _write_proposal(concern: Concern, ending: Ending, reason: str, *, by: User, at: datetime) -> EndProposal:
    """Write the proposal, and tell those who could agree. No clock stops."""
    if EndProposal.objects.waiting().filter(concern=concern).exists():
        raise Refused("A second person is asked already. Agree with that, or say no to it, first.")
    proposal = EndProposal.objects.create(
        concern=concern, ending=ending, reason=reason.strip(), proposed_at=at, proposed_by=by
    )
    concern.note(f"Proposed: {ending.label.lower()}", by=by, at=at, detail=reason.strip(), changes=False)
    for person in people_with_stand_ins(people_for(Audience.MANAGER_AND_LEAD, concern), concern, at=at):
        if person != by:
            tell_news(concern, person, f"second:{proposal.pk}", at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note=f"proposed {ending.value}")
    return proposal


@transaction.atomic
def agree_to_end(concern: Concern, *, proposal: EndProposal | None = None, by: User, at: datetime) -> Concern:
    """Agree to a proposal as the second person: what was proposed happens now.

    `proposal` is the one they read. Refused if another one waits by now, or if the concern has changed.
    """
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.agree_to_end)
    waiting = _waiting_proposal(concern, proposal)
    if waiting.proposed_by_id == by.pk:
        raise Refused("You proposed it, so somebody else must agree.")
    _write_decision(waiting, agreed=True, by=by, at=at)
    if waiting.ending == Ending.RAISED_IN_ERROR:
        _refuse_where_others_joined(concern)
        end_concern(concern, Concern.Status.RAISED_IN_ERROR, by=by, at=at, note=waiting.reason)
    else:
        write_answer(concern, Outcome.NO_ACTION, waiting.reason, by=by, at=at)
    return concern


@transaction.atomic
def decline_to_end(concern: Concern, *, proposal: EndProposal | None = None, by: User, at: datetime) -> Concern:
    """Say no to a proposal, or take one's own back. The concern goes on as it was."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.agree_to_end)
    waiting = _waiting_proposal(concern, proposal)
    _write_decision(waiting, agreed=False, by=by, at=at)
    concern.note(f"Not agreed: {waiting.get_ending_display().lower()}", by=by, at=at, changes=False)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="proposal declined")
    return concern


def _waiting_proposal(concern: Concern, read: EndProposal | None) -> EndProposal:
    """The proposal that waits for a second person. Refused if it is not the one that was read, where that is known."""
    waiting = EndProposal.objects.waiting().filter(concern=concern).first()
    if waiting is None:
        raise Refused(
            "Nothing waits for a second person here. Somebody decided it, or the concern has changed since: open it again."
        )
    if read is not None and read != waiting:
        raise Refused("Something else is proposed now. Open the concern again and read it first.")
    return waiting


def _refuse_where_others_joined(concern: Concern) -> None:
    """Refuse if other concerns were joined to this one: they would end with it, and were not raised in error."""
    if concern.merged_here.exists():
        raise Refused(
            "Another concern was joined to this one and would end with it. Record an answer, or say that nothing is needed."
        )


def _write_decision(proposal: EndProposal, *, agreed: bool, by: User, at: datetime) -> None:
    proposal.agreed, proposal.decided_at, proposal.decided_by = agreed, at, by
    proposal.save(update_fields=["agreed", "decided_at", "decided_by"])
