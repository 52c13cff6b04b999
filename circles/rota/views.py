"""Asking somebody to take the minutes in one's place, and answering: each one button on the circle's page."""

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
from core.errors import NotSeen, Refused


@require_POST
def offer(request: SignedInRequest, reference: str, volunteer: str) -> HttpResponse:
    """Ask one volunteer of the circle to take my turn."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.offer_minutes)
    members = Membership.objects.visible_to(request.user).current().of(meeting.circle)
    member = members.filter(volunteer__reference=volunteer).first()
    if member is None:
        raise NotSeen("volunteer", volunteer)
    try:
        operations.offer_minutes(meeting, to=member.volunteer, by=request.user, at=timezone.now())
        messages.success(request, f"{member.volunteer.user.first_name} is asked. Until then the minutes stay yours.")
    except Refused as refused:
        messages.warning(request, refused.message)
    return redirect(meeting.circle)


@require_POST
def accept(request: SignedInRequest, reference: str) -> HttpResponse:
    """Yes, I take them."""
    return answer(
        request, reference, SwapAccess.answer, operations.swap_minutes, "The minutes of that meeting are yours now."
    )


@require_POST
def decline(request: SignedInRequest, reference: str) -> HttpResponse:
    """Not this time."""
    return answer(
        request, reference, SwapAccess.answer, operations.decline_minutes, "You have said no. Nothing changes."
    )


@require_POST
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """I take them myself after all."""
    return answer(request, reference, SwapAccess.withdraw, operations.withdraw_offer, "You take the minutes yourself.")


def answer(
    request: SignedInRequest, reference: str, act: PermittedAct[SwapAccess], operation: Callable[..., Swap], done: str
) -> HttpResponse:
    """Do what was tapped, say what came of it, and go back to the circle."""
    swaps = Swap.objects.visible_to(request.user).select_related("meeting__circle", "giver__user", "taker__user")
    swap = swaps.filter(reference=reference).first()
    if swap is None:
        raise NotSeen(Swap.audit_kind, reference)
    SwapAccess(request.user, swap).require(act)
    try:
        operation(swap, by=request.user, at=timezone.now())
        messages.success(request, done)
    except Refused as refused:
        messages.warning(request, refused.message)
    return redirect(swap.meeting.circle)
