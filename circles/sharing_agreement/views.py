"""Pages of sharing agreements: the list, adding one, and letting a circle meet without one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess, RegisterAccess
from circles.circle.forms import ReasonForm
from circles.circle.opener import open_circle
from circles.sharing_agreement import operations
from circles.sharing_agreement.forms import SharingForm
from circles.sharing_agreement.models import SharingAgreement
from core.forms import refusals_on
from core.worktime import LONDON


def sharing(request: SignedInRequest) -> HttpResponse:
    """List the agreements, the next to be reviewed first."""
    RegisterAccess(request.user).require(RegisterAccess.keep_sharing)
    today = timezone.now().astimezone(LONDON).date()
    agreements = SharingAgreement.objects.visible_to(request.user).select_related("area").order_by("review_on", "pk")
    lines = [(agreement, agreement.signed_on <= today <= agreement.review_on) for agreement in agreements]
    return TemplateResponse(request, "circles/sharing_agreement/sharing.html", {"lines": lines})


def add_sharing(request: SignedInRequest) -> HttpResponse:
    """Add an agreement that has been signed."""
    RegisterAccess(request.user).require(RegisterAccess.keep_sharing)
    form = SharingForm(request.POST or None, initial={"area": request.GET.get("area")}, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.add_sharing_agreement(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:sharing")
    return TemplateResponse(request, "circles/sharing_agreement/add_sharing.html", {"form": form})


def set_sharing_aside(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let one circle meet without an agreement, with the reason."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.set_sharing_aside)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.set_sharing_aside(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:still_to_do", circle.reference)
    return TemplateResponse(
        request, "circles/sharing_agreement/set_sharing_aside.html", {"circle": circle, "form": form}
    )
