"""The pages of the areas worked in and of the agencies."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import operations
from accounts.access import AccountsAccess, SettingUpAccess
from accounts.forms import AreasForm, ChangeAgencyForm
from accounts.models import Agency, Area
from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of


@require_safe
def agencies(request: SignedInRequest) -> HttpResponse:
    """List the agencies by name, each with how many of its people can sign in."""
    SettingUpAccess(request.user).require(SettingUpAccess.see_set_up)
    listed = Agency.objects.order_by("name", "pk").annotate(active=Count("people", filter=Q(people__is_active=True)))
    shown = {
        "agencies": listed,
        "may": AccountsAccess(request.user),
        "may_change": SettingUpAccess(request.user).change_agency,
    }
    return TemplateResponse(request, "accounts/agencies.html", shown)


def change_agency(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put an agency's name or kind right."""
    SettingUpAccess(request.user).require(SettingUpAccess.change_agency)
    agency = only_row_of(Agency.objects.order_by("pk").filter(reference=reference))
    if agency is None:
        raise NotSeen(Agency.audit_kind, reference)
    form = ChangeAgencyForm(request.POST or None, initial={"name": agency.name, "kind": agency.kind})
    if form.is_valid():
        with refusals_on(form):
            operations.change_agency(agency, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("accounts:agencies")
    return TemplateResponse(request, "accounts/change_agency.html", {"form": form, "agency": agency})


def areas(request: SignedInRequest) -> HttpResponse:
    """Choose the areas the provider works in."""
    SettingUpAccess(request.user).require(SettingUpAccess.choose_areas)
    every = list(Area.objects.order_by("name"))
    worked_in = [area.pk for area in every if area.is_worked_in]
    form = AreasForm(request.POST or None, every=every, initial={"areas": worked_in})
    if form.is_valid():
        with refusals_on(form):
            operations.choose_areas(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Saved. Each area needs a queue before the agencies hear of a concern there.")
            return redirect("set_up")
    return TemplateResponse(request, "accounts/areas.html", {"form": form})
