"""What waits since a restore, and letting it go on."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from accounts.views.submitted import answered_anew
from alerts.pause.models import LETS_GO_ON, SendingPause
from alerts.pause.operations import end_pause, waiting_in_pause
from core.errors import Refused


@answered_anew("sending goes on once; a second press is told that it does already")
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: SignedInRequest) -> HttpResponse:
    """Whom messages wait for, and since when; a POST lets them go."""
    if not any(request.user.has_role(role) for role in LETS_GO_ON):
        raise PermissionDenied("You may not let sending go on. A manager or a technician can.")
    if request.method == "POST":
        try:
            end_pause(by=request.user, at=timezone.now())
            messages.success(request, "Sending goes on: one message to each person.")
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("alerts:pause")
    standing = SendingPause.objects.visible_to(request.user).standing().first()
    waiting = waiting_in_pause() if standing else []
    shown = {"standing": standing, "waiting": waiting, "total": sum(one.count for one in waiting)}
    return TemplateResponse(request, "alerts/pause/pause.html", shown)
