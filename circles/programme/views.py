"""Pages of programmes: the list, adding one and changing one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import RegisterAccess
from circles.programme import operations
from circles.programme.forms import ProgrammeForm
from circles.programme.models import Programme
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of


def programmes(request: SignedInRequest) -> HttpResponse:
    """List the programmes."""
    RegisterAccess(request.user).require(RegisterAccess.keep_programmes)
    visible = Programme.objects.visible_to(request.user).order_by("pk")
    return TemplateResponse(request, "circles/programme/programmes.html", {"programmes": visible})


def add_programme(request: SignedInRequest) -> HttpResponse:
    """Add a programme."""
    RegisterAccess(request.user).require(RegisterAccess.keep_programmes)
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.add_programme(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:programmes")
    return TemplateResponse(request, "circles/programme/add_programme.html", {"form": form})


def change_programme(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change a programme."""
    RegisterAccess(request.user).require(RegisterAccess.keep_programmes)
    programme = only_row_of(Programme.objects.visible_to(request.user).filter(reference=reference))
    if programme is None:
        raise NotSeen(Programme.audit_kind, reference)
    present = {name: getattr(programme, name) for name in ProgrammeForm.base_fields}
    form = ProgrammeForm(request.POST or None, initial=present)
    if form.is_valid():
        with refusals_on(form):
            operations.change_programme(programme, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:programmes")
    return TemplateResponse(request, "circles/programme/change_programme.html", {"programme": programme, "form": form})
