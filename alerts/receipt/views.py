"""Where providers say what became of a message, and the page of people whom none reaches."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from alerts.message.models import Channel
from alerts.receipt.models import LOOKS_AFTER, Bounce
from alerts.receipt.operations import arrived, came_back, is_being_sent, learn, try_address_again, unreachable
from core.errors import NotSeen
from core.rows import only_row_of

NOT_YET, NOT_OURS, TAKEN = 503, 204, 204
"""A provider posts again after 5xx and never after 4xx. So 503 asks for the receipt once more, by when our own note
of the message stands; of what is none of ours nothing more is wanted."""


def answer_to_receipt(known: bool, channel: Channel) -> HttpResponse:
    """What the provider is answered: taken, later once more, or not ours."""
    if known:
        return HttpResponse(status=TAKEN)
    return HttpResponse(status=NOT_YET if is_being_sent(channel) else NOT_OURS)


def told_by_provider(request: HttpRequest, token: str) -> dict[str, Any]:
    """What a provider posted, once it has shown the token. Closed without one; nothing is learnt from the difference."""
    shown = request.headers.get("Authorization", "")
    if not token or not constant_time_compare(shown, f"Bearer {token}"):
        raise Http404
    try:
        told = json.loads(request.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


@csrf_exempt
@login_not_required
@require_POST
def of_text(request: HttpRequest) -> HttpResponse:
    """GOV.UK Notify's callback: id and status of a text."""
    told = told_by_provider(request, settings.TEXTS_RECEIPTS_TOKEN)
    known = learn(str(told.get("id", "")), str(told.get("status", "")), at=timezone.now())
    return answer_to_receipt(known, Channel.TEXT)


@csrf_exempt
@login_not_required
@require_POST
def of_mail(request: HttpRequest) -> HttpResponse:
    """An e-mail provider's webhook: message_id, and whether it was delivered or bounced."""
    told, now = told_by_provider(request, settings.MAILS_RECEIPTS_TOKEN), timezone.now()
    message_id, event = f"<{str(told.get('message_id', '')).strip('<>')}>", told.get("event")
    if event == "delivered":
        known = arrived(message_id, at=now)
    else:
        known = event == "bounced" and came_back(message_id, at=now, why="the e-mail bounced")
    return answer_to_receipt(known, Channel.EMAIL)


@require_safe
def unreached(request: SignedInRequest) -> HttpResponse:
    """People whom nothing reaches, and addresses from which something came back."""
    if not any(request.user.has_role(role) for role in LOOKS_AFTER):
        raise PermissionDenied("You may not list who can be reached. A coordinator or a manager can.")
    shown = {
        "people": unreachable(User.objects.visible_to(request.user), at=timezone.now()),
        "bounces": Bounce.objects.visible_to(request.user).select_related("person").order_by("-at", "-pk"),
    }
    return TemplateResponse(request, "alerts/receipt/unreached.html", shown)


@require_POST
def again(request: SignedInRequest, number: int) -> HttpResponse:
    """The address is good again."""
    bounce = only_row_of(Bounce.objects.visible_to(request.user).filter(pk=number))
    if bounce is None:
        raise NotSeen(Bounce.audit_kind, str(number))
    try_address_again(bounce, by=request.user, at=timezone.now())
    messages.success(request, "The mark is off. Messages to that address count again.")
    return redirect("alerts:unreached")
