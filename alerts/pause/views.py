"""The page that shows what waits since a restore, and ends the pause."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from alerts.pause.models import ENDS_PAUSES, SendingPause
from alerts.pause.operations import end_pause, people_waiting_in_pause
from core.forms import refusals_as_messages


@allow_repeats("sending goes on once; a second press is told that it does already")
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: SignedInRequest) -> HttpResponse:
    """The people for whom messages wait, and since when. A POST ends the pause."""
    if not any(request.user.has_role(role) for role in ENDS_PAUSES):
        raise PermissionDenied("You may not let sending go on. A manager or a technician can.")
    if request.method == "POST":
        with refusals_as_messages(request):
            end_pause(by=request.user, at=timezone.now())
            messages.success(request, "Sending goes on: one message to each person.")
        return redirect("alerts:pause")
    standing = SendingPause.objects.visible_to(request.user).current().first()
    waiting = people_waiting_in_pause() if standing else []
    context = {"standing": standing, "waiting": waiting, "total": sum(person.count for person in waiting)}
    return TemplateResponse(request, "alerts/pause/pause.html", context)
