"""What a manager keeps for all circles: the programmes, and the agreements to share information."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles import operations
from circles.access import CircleAccess, RegisterAccess
from circles.forms.life import ReasonForm
from circles.forms.register import ProgrammeForm, SharingForm
from circles.models import Programme, SharingAgreement
from circles.views.opening import open_circle
from core.errors import NotSeen
from core.forms import refusals_on
from core.worktime import LONDON


def programmes(request: SignedInRequest) -> HttpResponse:
    """Every kind of circle and what it asks for."""
    RegisterAccess(request.user).require("keep_programmes")
    seen = Programme.objects.visible_to(request.user).order_by("pk")
    return TemplateResponse(request, "circles/programmes.html", {"programmes": seen})


def change_programme(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change what a kind of circle asks for."""
    RegisterAccess(request.user).require("keep_programmes")
    programme = Programme.objects.visible_to(request.user).filter(reference=reference).first()
    if programme is None:
        raise NotSeen(Programme.audit_kind, reference)
    known = {name: getattr(programme, name) for name in ProgrammeForm.base_fields}
    form = ProgrammeForm(request.POST or None, initial=known)
    if form.is_valid():
        with refusals_on(form):
            operations.change_programme(programme, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:programmes")
    return TemplateResponse(request, "circles/change_programme.html", {"programme": programme, "form": form})


def sharing(request: SignedInRequest) -> HttpResponse:
    """Every area's agreement, the next to be reviewed first."""
    RegisterAccess(request.user).require("keep_sharing")
    today = timezone.now().astimezone(LONDON).date()
    seen = SharingAgreement.objects.visible_to(request.user).select_related("area").order_by("review_on", "pk")
    lines = [(one, one.signed_on <= today <= one.review_on) for one in seen]
    return TemplateResponse(request, "circles/sharing.html", {"lines": lines})


def add_sharing(request: SignedInRequest) -> HttpResponse:
    """Write down an agreement that has been signed."""
    RegisterAccess(request.user).require("keep_sharing")
    form = SharingForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.add_sharing_agreement(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:sharing")
    return TemplateResponse(request, "circles/add_sharing.html", {"form": form})


def set_sharing_aside(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let one circle meet without an agreement, with the reason; or go and write one down."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require("set_sharing_aside")
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.set_sharing_aside(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:stands_open", circle.reference)
    return TemplateResponse(request, "circles/set_sharing_aside.html", {"circle": circle, "form": form})
