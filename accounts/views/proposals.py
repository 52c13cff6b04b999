"""Pages about what waits for a second person, and taking an invitation back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import operations
from accounts.access import ProposalAccess
from accounts.models import Invitation, Proposal
from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from core.access import Act as PermittedAct
from core.errors import NotSeen
from core.forms import refusals_as_messages
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from core.sight import note_words

REFUSED = "Refused. Nothing happens."
TAKEN_BACK = "Taken back. Nothing happens."


@require_safe
def proposals(request: SignedInRequest) -> HttpResponse:
    """The list of what waits for a second person, whoever that may be."""
    ProposalAccess(request.user).require(ProposalAccess.list_proposals)
    waiting = Proposal.objects.visible_to(request.user).waiting(timezone.now()).with_address_change()
    found = waiting.select_related("invitation__agency", "person", "asked_by").order_by("asked_at", "pk")
    note_words(about for each in found for about in (each.invitation, each.person) if about is not None)
    shown = [{"proposal": each, "may": ProposalAccess(request.user, each)} for each in found]
    return TemplateResponse(request, "accounts/proposals.html", {"proposals": shown})


@taken_from_any_page("a proposal is decided once, and is not changed while it waits")
@require_POST
@fresh_proof
def agree(request: SignedInRequest, number: int) -> HttpResponse:
    """Agree: the invitation is sent, or the person may sign in again."""
    return _decide_proposal(request, number, ProposalAccess.agree, operations.agree_to_proposal, "Agreed.")


@taken_from_any_page("a proposal is decided once, and is not changed while it waits")
@require_POST
def decline(request: SignedInRequest, number: int) -> HttpResponse:
    """Refuse a proposal, or take one's own back."""
    return _decide_proposal(request, number, ProposalAccess.decline, operations.decline_proposal, REFUSED)


def _decide_proposal(
    request: SignedInRequest,
    number: int,
    act: PermittedAct[ProposalAccess],
    operation: Callable[..., Proposal],
    done: str,
) -> HttpResponse:
    found = only_row_of(Proposal.objects.visible_to(request.user).filter(pk=number))
    if found is None:
        raise NotSeen(Proposal.audit_kind, str(number))
    ProposalAccess(request.user, found).require(act)
    with refusals_as_messages(request):
        operation(found, by=request.user, at=timezone.now())
        messages.success(request, TAKEN_BACK if found.asked_by == request.user else done)
    return redirect("accounts:proposals")


@taken_from_any_page("an invitation is taken back once, and is not changed before")
@require_POST
def withdraw(request: SignedInRequest, number: int) -> HttpResponse:
    """Take an invitation back."""
    found = only_row_of(Invitation.objects.visible_to(request.user).filter(pk=number))
    if found is None:
        raise NotSeen(Invitation.audit_kind, str(number))
    with refusals_as_messages(request):
        operations.withdraw_invitation(found, by=request.user, at=timezone.now())
        messages.success(request, "The invitation is taken back. Its link no longer works.")
    return redirect("accounts:people")
