"""Operations on proposals: a second person agrees, or refuses."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import ProposalAccess
from accounts.models import Change, Proposal, User
from accounts.models.role import Role
from accounts.operations.invitation import send_invitation
from accounts.operations.people import reinstate_person
from accounts.operations.recovery import recover_person
from accounts.operations.role import write_role
from accounts.operations.standing import note_change, record_act
from core.errors import Refused


@transaction.atomic
def agree_to_proposal(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Agree as the second person, and do what was asked for."""
    proposal = _lock_waiting_proposal(proposal, at=at)
    ProposalAccess(by, proposal).require(ProposalAccess.agree)
    _decide_proposal(proposal, agreed=True, by=by, at=at)
    if proposal.invitation is not None:
        send_invitation(proposal.invitation, by=by, at=at)
    elif proposal.person is not None:
        person = User.objects.select_for_update().get(pk=proposal.person.pk)
        if proposal.kind == Proposal.Kind.ROLE:
            write_role(person, Role(proposal.role), by=by, at=at, asked_by=proposal.asked_by)
        elif proposal.kind == Proposal.Kind.RECOVERY:
            recover_person(person, by=by, at=at, asked_by=proposal.asked_by)
        else:
            reinstate_person(person, by=by, at=at, asked_by=proposal.asked_by)
    return proposal


@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Refuse a proposal, or take one's own back. Nothing happens."""
    proposal = _lock_waiting_proposal(proposal, at=at)
    ProposalAccess(by, proposal).require(ProposalAccess.decline)
    _decide_proposal(proposal, agreed=False, by=by, at=at)
    if proposal.invitation is not None:
        record_act("altered", proposal.invitation, by=by, at=at, note="not agreed")
    elif proposal.person is not None:
        record_act("altered", proposal.person, by=by, at=at, note=f"{proposal.kind} not agreed")
        if proposal.kind == Proposal.Kind.RECOVERY:
            note_change(proposal.person, Change.RECOVERY_REFUSED, by=by, at=at)
    return proposal


def _lock_waiting_proposal(proposal: Proposal, *, at: datetime) -> Proposal:
    locked = Proposal.objects.select_for_update(of=("self",)).waiting(at).filter(pk=proposal.pk).first()
    if locked is None:
        raise Refused("This waits no longer: somebody decided it, or a week has passed. Ask for it anew.")
    return locked


def _decide_proposal(proposal: Proposal, *, agreed: bool, by: User, at: datetime) -> None:
    proposal.agreed, proposal.decided_at, proposal.decided_by = agreed, at, by
    proposal.save(update_fields=["agreed", "decided_at", "decided_by"])
