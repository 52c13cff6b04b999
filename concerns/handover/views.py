"""The handover from on call: writing it, reading it, and having it from here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from concerns.concern.access import ConcernAccess
from concerns.engine.responders import charity_responders
from concerns.handling.opener import open_concern
from concerns.handover.forms import HandoverForm
from concerns.handover.models import Handover
from concerns.handover.operations import hand_over, take_handover
from core.errors import Refused
from core.forms import refusals_on


def handover(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was handed over, and the form that hands it over."""
    found = open_concern(request, reference)
    may = ConcernAccess(request.user, found)
    may.require(ConcernAccess.hand_over)
    form = HandoverForm(request.POST or None, concern=found, people=charity_responders(found))
    if form.is_valid():
        with refusals_on(form):
            hand_over(found, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is handed over.")
            return redirect("concerns:handover", found.reference)
    written = Handover.objects.visible_to(request.user).filter(concern=found).order_by("-written_at", "-pk")
    shown = {"concern": found, "form": form, "handovers": written.select_related("owner", "written_by", "taken_by")}
    return TemplateResponse(request, "concerns/handover/handover.html", shown, status=422 if form.errors else 200)


@require_POST
def take(request: SignedInRequest, reference: str) -> HttpResponse:
    """I have it from here."""
    found = open_concern(request, reference)
    ConcernAccess(request.user, found).require(ConcernAccess.hand_over)
    try:
        take_handover(found, by=request.user, at=timezone.now())
        messages.success(request, "You have it from here.")
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect(found)
