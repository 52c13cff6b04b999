"""A second person agrees to what one asked for, or refuses it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import ProposalAccess
from accounts.models import Proposal, User
from accounts.operations.invitation import send_invitation
from accounts.operations.people import let_return
from accounts.operations.standing import record_act
from core.errors import Refused


@transaction.atomic
def agree_to_proposal(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """The second person agrees: the invitation is sent, or the person may sign in again."""
    proposal = lock_waiting(proposal, at=at)
    ProposalAccess(by, proposal).require(ProposalAccess.agree)
    if proposal.asked_by_id == by.pk:
        raise Refused("You asked for it, so somebody else must agree.")
    decide(proposal, agreed=True, by=by, at=at)
    if proposal.invitation is not None:
        send_invitation(proposal.invitation, by=by, at=at)
    elif proposal.person is not None:
        person = User.objects.select_for_update().get(pk=proposal.person.pk)
        let_return(person, by=by, at=at, asked_by=proposal.asked_by)
    return proposal


@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Refuse it, or take one's own back: nothing happens."""
    proposal = lock_waiting(proposal, at=at)
    ProposalAccess(by, proposal).require(ProposalAccess.decline)
    decide(proposal, agreed=False, by=by, at=at)
    if proposal.invitation is not None:
        record_act("altered", proposal.invitation, by=by, at=at, note="not agreed")
    elif proposal.person is not None:
        record_act("altered", proposal.person, by=by, at=at, note="return not agreed")
    return proposal


def lock_waiting(proposal: Proposal, *, at: datetime) -> Proposal:
    found = Proposal.objects.select_for_update(of=("self",)).waiting(at).filter(pk=proposal.pk).first()
    if found is None:
        raise Refused("This waits no longer: somebody decided it, or a week has passed. Ask for it anew.")
    return found


def decide(proposal: Proposal, *, agreed: bool, by: User, at: datetime) -> None:
    proposal.agreed, proposal.decided_at, proposal.decided_by = agreed, at, by
    proposal.save(update_fields=["agreed", "decided_at", "decided_by"])
