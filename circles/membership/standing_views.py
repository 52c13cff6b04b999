"""Pages on which a volunteer is said to have left, or to be back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.forms import ConfirmForm
from circles.circle.models import Membership
from circles.membership.agreed_work import agreed_work_of
from circles.membership.standing_operations import record_leaver, record_return
from core.forms import refusals_on
from volunteers.volunteer.access import VolunteerAccess
from volunteers.volunteer.opener import open_volunteer


def volunteer_left(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what ends and what stands open with them, and record that they have left."""
    record = open_volunteer(request, reference)
    VolunteerAccess(request.user, record).require(VolunteerAccess.leave)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            record_leaver(record, by=request.user, at=timezone.now())
            messages.success(request, f"{record.user.full_name} volunteers no more.")
            return redirect(record)
    belonging = Membership.objects.visible_to(request.user).filter(volunteer=record, left_at=None)
    shown = {
        "volunteer": record,
        "belonging": belonging.select_related("circle").order_by("circle__reference"),
        "open_work": agreed_work_of(record, reader=request.user, at=timezone.now()),
        "form": form,
    }
    return TemplateResponse(request, "circles/membership/volunteer_left.html", shown)


def volunteer_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that they are back from a pause, or volunteer again."""
    record = open_volunteer(request, reference)
    VolunteerAccess(request.user, record).require(VolunteerAccess.bring_back)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            record_return(record, by=request.user, at=timezone.now())
            messages.success(request, f"{record.user.full_name} is back.")
            return redirect(record)
    return TemplateResponse(request, "circles/membership/volunteer_back.html", {"volunteer": record, "form": form})
