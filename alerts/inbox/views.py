"""A person's own alerts, and where each one leads."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from alerts.inbox.subjects import groups_of
from alerts.message.models import Alert
from alerts.outbox.operations import read_alert
from core.errors import NotSeen
from core.rows import only_row_of

SHOWN = 50


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    alerts = Alert.objects.visible_to(request.user).inbox().order_by("-queued_at", "-pk")[:SHOWN]
    groups = groups_of(alerts, reader=request.user)
    new = [group for group in groups if group.unread]
    opened = [group for group in groups if not group.unread]
    return TemplateResponse(request, "alerts/inbox/inbox.html", {"new": new, "opened": opened})


@require_http_methods(["POST"])
def follow(request: SignedInRequest, number: int) -> HttpResponse:
    """Mark this alert, and all that lead to the same address, as opened; and go there."""
    alert = only_row_of(Alert.objects.visible_to(request.user).filter(pk=number))
    if alert is None:
        raise NotSeen("alert", str(number))
    read_alert(alert, by=request.user, at=timezone.now())
    return redirect(alert.link)
