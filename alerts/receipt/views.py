"""The addresses that providers post receipts to, and the page of people who cannot be reached."""

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
from alerts.receipt.operations import (
    is_being_sent,
    record_arrival,
    record_return,
    record_text_status,
    try_address_again,
    unreachable_people,
)
from core.errors import NotSeen
from core.old_pages import taken_from_any_page
from core.rows import only_row_of

NOT_YET, NOT_OURS, TAKEN = 503, 204, 204
"""A provider posts again after 5xx and never after 4xx. So 503 asks for the receipt again, when our own record of the
message is written. For a message that is not ours, 204 ends it."""


def _response_to_receipt(known: bool, channel: Channel) -> HttpResponse:
    """The answer to the provider: taken, post it again, or not ours."""
    if known:
        return HttpResponse(status=TAKEN)
    return HttpResponse(status=NOT_YET if is_being_sent(channel) else NOT_OURS)


def _posted_by_provider(request: HttpRequest, token: str) -> dict[str, Any]:
    """What a provider posted. Raises Http404 where the token is wrong, and also where none is configured."""
    authorization = request.headers.get("Authorization", "")
    if not token or not constant_time_compare(authorization, f"Bearer {token}"):
        raise Http404
    try:
        posted = json.loads(request.body)
    except ValueError:
        return {}
    return posted if isinstance(posted, dict) else {}


@csrf_exempt
@login_not_required
@require_POST
def of_text(request: HttpRequest) -> HttpResponse:
    """GOV.UK Notify's callback: id and status of a text."""
    posted = _posted_by_provider(request, settings.TEXTS_RECEIPTS_TOKEN)
    known = record_text_status(str(posted.get("id", "")), str(posted.get("status", "")), at=timezone.now())
    return _response_to_receipt(known, Channel.TEXT)


@csrf_exempt
@login_not_required
@require_POST
def of_mail(request: HttpRequest) -> HttpResponse:
    """An e-mail provider's webhook: message_id, and whether it was delivered or bounced."""
    posted, now = _posted_by_provider(request, settings.MAILS_RECEIPTS_TOKEN), timezone.now()
    message_id, event = f"<{str(posted.get('message_id', '')).strip('<>')}>", posted.get("event")
    if event == "delivered":
        known = record_arrival(message_id, at=now)
    else:
        known = event == "bounced" and record_return(message_id, at=now, why="the e-mail bounced")
    return _response_to_receipt(known, Channel.EMAIL)


@require_safe
def unreached(request: SignedInRequest) -> HttpResponse:
    """The people no message reaches, and the addresses from which one came back."""
    if not any(request.user.has_role(role) for role in LOOKS_AFTER):
        raise PermissionDenied("You may not list who can be reached. A coordinator or a manager can.")
    context = {
        "people": unreachable_people(User.objects.visible_to(request.user), at=timezone.now()),
        "bounces": Bounce.objects.visible_to(request.user).select_related("person").order_by("-at", "-pk"),
    }
    return TemplateResponse(request, "alerts/receipt/unreached.html", context)


@taken_from_any_page("an address is tried again or it waits")
@require_POST
def again(request: SignedInRequest, number: int) -> HttpResponse:
    """“It works again”: remove the mark on an address."""
    bounce = only_row_of(Bounce.objects.visible_to(request.user).filter(pk=number))
    if bounce is None:
        raise NotSeen(Bounce.audit_kind, str(number))
    try_address_again(bounce, by=request.user, at=timezone.now())
    messages.success(request, "The mark is removed. Messages to that address count again.")
    return redirect("alerts:unreached")
