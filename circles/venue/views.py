"""Pages of meeting places: the list, one place, adding, changing and assessing it, and choosing one for a circle."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess, RegisterAccess
from circles.circle.opener import open_circle
from circles.venue import operations
from circles.venue.access import VenueAccess
from circles.venue.forms import AddVenueForm, AssessForm, ChangeVenueForm, ChooseVenueForm, WithdrawForm
from circles.venue.models import Venue
from circles.venue.opener import open_venue
from circles.venue.warnings import warnings_of
from core.forms import refusals_on
from core.sight import note_words
from core.worktime import LONDON

PAGE_LENGTH = 25


def venues(request: SignedInRequest) -> HttpResponse:
    """List the places by code, with how long their risk assessments hold."""
    may = RegisterAccess(request.user)
    may.require(RegisterAccess.see_venues)
    venues = Venue.objects.visible_to(request.user).select_related("coordinator").order_by("place_code")
    page = Paginator(venues, PAGE_LENGTH).get_page(request.GET.get("page"))
    today = timezone.now().astimezone(LONDON).date()
    context = {"page": page, "lines": [(venue, venue.is_assessed_on(today)) for venue in page], "may": may}
    return TemplateResponse(request, "circles/venue/venues.html", context)


def venue(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show one place. Only those who have circles there, and whoever keeps it, read the address."""
    record = open_venue(request, reference)
    today = timezone.now().astimezone(LONDON).date()
    context = {
        "venue": record,
        "may": VenueAccess(request.user, record),
        "is_assessed": record.is_assessed_on(today),
    }
    return TemplateResponse(request, "circles/venue/venue.html", context)


def add_venue(request: SignedInRequest) -> HttpResponse:
    """Add a place, which this person then keeps."""
    RegisterAccess(request.user).require(RegisterAccess.add_venue)
    form = AddVenueForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            return redirect(operations.add_venue(by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "circles/venue/add_venue.html", {"form": form})


def change_venue(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change a place."""
    record = open_venue(request, reference)
    VenueAccess(request.user, record).require(VenueAccess.change)
    present = {name: getattr(record, name) for name in ChangeVenueForm.base_fields}
    form = ChangeVenueForm(request.POST or None, initial=present)
    if form.is_valid():
        with refusals_on(form):
            return redirect(operations.change_venue(record, by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "circles/venue/change_venue.html", {"venue": record, "form": form})


def assess_venue(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record a risk assessment and the last day it holds."""
    record = open_venue(request, reference)
    VenueAccess(request.user, record).require(VenueAccess.change)
    form = AssessForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            return redirect(operations.assess_venue(record, by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "circles/venue/assess_venue.html", {"venue": record, "form": form})


def withdraw_assessment(request: SignedInRequest, reference: str) -> HttpResponse:
    """Withdraw the risk assessment, with the reason."""
    record = open_venue(request, reference)
    VenueAccess(request.user, record).require(VenueAccess.change)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.withdraw_assessment(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The assessment is withdrawn. The meetings planned there are on your list.")
            return redirect(record)
    return TemplateResponse(request, "circles/venue/withdraw_assessment.html", {"venue": record, "form": form})


def choose_venue(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose where the circle meets. If a restriction speaks against the place, say why it is right."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.prepare)
    form = ChooseVenueForm(request.POST or None, by=request.user, initial={"venue": circle.venue})
    if form.is_valid():
        with refusals_on(form):
            operations.choose_venue(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:still_to_do", circle.reference)
    restrictions = [*circle.restrictions_in_force(timezone.now().astimezone(LONDON).date())]
    warnings = warnings_of(circle.venue, restrictions) if circle.venue else []
    note_words([circle.core_member] if warnings else [])
    context = {"circle": circle, "form": form, "warnings": warnings, "register": RegisterAccess(request.user)}
    return TemplateResponse(request, "circles/venue/choose_venue.html", context)
