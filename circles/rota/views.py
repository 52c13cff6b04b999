"""The buttons on the circle's page that ask for a swap of turns, and answer or withdraw such a request."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from circles.circle.models import Membership
from circles.meeting.access import MeetingAccess
from circles.meeting.opener import open_meeting
from circles.rota import operations
from circles.rota.access import SwapAccess
from circles.rota.models import Swap
from core.access import Act as PermittedAct
from core.errors import NotSeen
from core.forms import refusals_as_messages
from core.old_pages import taken_from_any_page
from core.rows import only_row_of


@require_POST
def offer(request: SignedInRequest, reference: str, volunteer: str) -> HttpResponse:
    """Ask one volunteer of the circle to take this person's turn."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.offer_minutes)
    members = Membership.objects.visible_to(request.user).current().of(meeting.circle)
    member = only_row_of(members.filter(volunteer__reference=volunteer))
    if member is None:
        raise NotSeen("volunteer", volunteer)
    with refusals_as_messages(request):
        operations.offer_minutes(meeting, to=member.volunteer, by=request.user, at=timezone.now())
        messages.success(
            request, f"{member.volunteer.user.first_name} is asked. Until they accept, the minutes stay yours."
        )
    return redirect(meeting.circle)


@taken_from_any_page("an offer is answered once, which its states hold")
@require_POST
def accept(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take the minutes as asked."""
    return _answer_swap(
        request, reference, SwapAccess.answer, operations.swap_minutes, "The minutes of that meeting are yours now."
    )


@taken_from_any_page("an offer is answered once, which its states hold")
@require_POST
def decline(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say no to the request."""
    return _answer_swap(
        request, reference, SwapAccess.answer, operations.decline_minutes, "You have said no. Nothing changes."
    )


@taken_from_any_page("an offer is answered once, which its states hold")
@require_POST
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """Withdraw the request."""
    return _answer_swap(
        request, reference, SwapAccess.withdraw, operations.withdraw_offer, "You take the minutes yourself."
    )


def _answer_swap(
    request: SignedInRequest, reference: str, act: PermittedAct[SwapAccess], operation: Callable[..., Swap], done: str
) -> HttpResponse:
    """Call the operation, show what happened, and go back to the circle."""
    swaps = Swap.objects.visible_to(request.user).select_related("meeting__circle", "giver__user", "taker__user")
    swap = only_row_of(swaps.filter(reference=reference))
    if swap is None:
        raise NotSeen(Swap.audit_kind, reference)
    SwapAccess(request.user, swap).require(act)
    with refusals_as_messages(request):
        operation(swap, by=request.user, at=timezone.now())
        messages.success(request, done)
    return redirect(swap.meeting.circle)
