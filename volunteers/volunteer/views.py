"""The list of volunteers, one volunteer's file, and the pages to approve, to pause and to write down checks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.forms import refusals_on
from core.worktime import LONDON
from volunteers.volunteer.access import VolunteerAccess
from volunteers.volunteer.forms import ApproveForm, ChecksForm, PauseForm, VolunteerListForm
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.opener import open_volunteer
from volunteers.volunteer.operations import approve_volunteer, pause_volunteer, record_checks


def volunteers(request: SignedInRequest) -> HttpResponse:
    """Every volunteer this person may see; for a volunteer, their own file alone."""
    everybody = Volunteer.objects.visible_to(request.user).select_related("user")
    form = VolunteerListForm(request.GET)
    context = {
        "page": form.page_of(everybody, request.GET.get("page")),
        "form": form,
        "may": VolunteerAccess(request.user),
    }
    return TemplateResponse(request, "volunteers/volunteer/volunteers.html", context)


def volunteer(request: SignedInRequest, reference: str) -> HttpResponse:
    """One volunteer's file."""
    record = open_volunteer(request, reference)
    shown = {
        "volunteer": record,
        "may": VolunteerAccess(request.user, record),
        "lacks": record.reasons_not_to_place_on(timezone.now().astimezone(LONDON).date()),
        "can_pause": Volunteer.Status.PAUSED in record.moves,
        "can_leave": Volunteer.Status.LEFT in record.moves,
        "is_away": record.status in {Volunteer.Status.PAUSED, Volunteer.Status.LEFT},
    }
    return TemplateResponse(request, "volunteers/volunteer/volunteer.html", shown)


def approve(request: SignedInRequest) -> HttpResponse:
    """Open the file of somebody who has passed every check."""
    VolunteerAccess(request.user).require(VolunteerAccess.approve_volunteer)
    form = ApproveForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            answers = dict(form.cleaned_data)
            return redirect(approve_volunteer(answers.pop("user"), by=request.user, at=timezone.now(), **answers))
    return TemplateResponse(request, "volunteers/volunteer/approve.html", {"form": form})


def checks(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write down the check's last day, the training and the agreement."""
    record = open_volunteer(request, reference)
    VolunteerAccess(request.user, record).require(VolunteerAccess.record_checks)
    known = {name: getattr(record, name) for name in ChecksForm.base_fields}
    form = ChecksForm(request.POST or None, initial=known, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            return redirect(record_checks(record, by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "volunteers/volunteer/checks.html", {"volunteer": record, "form": form})


def pause(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask for a confirmation, then pause."""
    record = open_volunteer(request, reference)
    VolunteerAccess(request.user, record).require(VolunteerAccess.pause)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            pause_volunteer(record, by=request.user, at=timezone.now())
            return redirect(record)
    return TemplateResponse(request, "volunteers/volunteer/pause.html", {"volunteer": record, "form": form})
