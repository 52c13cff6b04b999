"""The pages to write down that another agency leads, or another practitioner of the same one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.forms import refusals_on
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.opener import open_core_member
from offenders.core_member.operations import name_practitioner
from offenders.lead import operations
from offenders.lead.forms import LeadForm, PractitionerForm


def change_lead(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask who leads now, since when and why; then remind the person to check the contacts and restrictions."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    first = {"changed_on": timezone.now().astimezone(LONDON).date()}
    form = LeadForm(request.POST or None, lead_agency=record.lead_agency, initial=first, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            change = operations.change_lead(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(
                request,
                f"{change.get_became_display()} leads now. Ring everybody below, end the contacts who no longer have "
                "the work, and read his restrictions over again.",
            )
            return redirect("offenders:mappa", record.reference)
    return TemplateResponse(request, "offenders/lead/change_lead.html", {"core_member": record, "form": form})


def change_practitioner(request: SignedInRequest, reference: str) -> HttpResponse:
    """Who is told first now, and which team manages him, while the same agency leads."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    current = {
        "practitioner": record.practitioner_id,
        "deputy": record.deputy_practitioner_id,
        "agency": record.agency_id,
    }
    form = PractitionerForm(request.POST or None, initial=current)
    if form.is_valid():
        with refusals_on(form):
            record = name_practitioner(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            named = record.practitioner.full_name if record.practitioner else "Nobody"
            messages.success(request, f"{named} is told first from now on. Look at whom to ring, below.")
            return redirect("offenders:mappa", record.reference)
    return TemplateResponse(request, "offenders/lead/change_practitioner.html", {"core_member": record, "form": form})
