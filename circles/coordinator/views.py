"""The page on which a manager gives a circle to another coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.opener import open_circle
from circles.coordinator.forms import CoordinatorForm
from circles.coordinator.open_work import open_work_in_circle
from circles.coordinator.operations import change_coordinator
from core.forms import refusals_on


@fresh_proof
def coordinator(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what is open in the circle, and give it with all of that to another coordinator."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.change_coordinator)
    form = CoordinatorForm(request.POST or None, circle=circle)
    if form.is_valid():
        with refusals_on(form):
            changed = change_coordinator(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{changed.coordinator.full_name} coordinates {circle.reference} from now on.")
            return redirect("circles:people", circle.reference)
    context = {
        "circle": circle,
        "form": form,
        "open_work": open_work_in_circle(circle, reader=request.user, at=timezone.now()),
    }
    return TemplateResponse(request, "circles/coordinator/coordinator.html", context)
