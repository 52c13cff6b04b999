"""The page of a concern's handovers from on call."""

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
from core.forms import refusals_as_messages, refusals_on
from core.old_pages import taken_from_any_page


@taken_from_any_page("a handover is added to the others")
def handover(request: SignedInRequest, reference: str) -> HttpResponse:
    """The handovers of a concern, and the form to write one."""
    concern = open_concern(request, reference)
    may = ConcernAccess(request.user, concern)
    may.require(ConcernAccess.hand_over)
    form = HandoverForm(request.POST or None, concern=concern, people=charity_responders(concern))
    if form.is_valid():
        with refusals_on(form):
            hand_over(concern, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is handed over.")
            return redirect("concerns:handover", concern.reference)
    written = Handover.objects.visible_to(request.user).filter(concern=concern).order_by("-written_at", "-pk")
    context = {"concern": concern, "form": form, "handovers": written.select_related("owner", "written_by", "taken_by")}
    return TemplateResponse(request, "concerns/handover/handover.html", context, status=422 if form.errors else 200)


@taken_from_any_page("a handover is taken once")
@require_POST
def take(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that this person has the concern from here."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.hand_over)
    with refusals_as_messages(request):
        take_handover(concern, by=request.user, at=timezone.now())
        messages.success(request, "You have it from here.")
    return redirect(concern)
