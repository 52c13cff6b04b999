"""The pages of his risk: what assessments found, and what is known of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.models import CoreMember
from offenders.core_member.opener import open_core_member
from offenders.risk import operations
from offenders.risk.forms import RiskAssessmentForm, RiskNoteForm, WithdrawForm
from offenders.risk.models import RiskAssessment, RiskNote


def risk(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every assessment, the newest first, and what is known under each heading with what stood there before."""
    record = open_core_member(request, reference)
    assessments = RiskAssessment.objects.visible_to(request.user).filter(core_member=record)
    current = list(assessments.highest().select_related("added_by"))
    earlier = assessments.exclude(pk__in=[each.pk for each in current]).select_related("added_by", "withdrawn_by")
    context = {
        "core_member": record,
        "tab": "risk",
        "may": CoreMemberAccess(request.user, record),
        "today": timezone.now().astimezone(LONDON).date(),
        "current": current,
        "earlier": earlier.order_by("-assessed_on", "-pk"),
        "headings": _headings_of(request, record),
    }
    return TemplateResponse(request, "offenders/risk/risk.html", context)


def _headings_of(request: SignedInRequest, core_member: CoreMember) -> list[dict[str, Any]]:
    """Each heading with its notes, the newest first."""
    notes = RiskNote.objects.visible_to(request.user).filter(core_member=core_member).select_related("written_by")
    written = list(notes.order_by("-written_at", "-pk"))
    return [
        {"value": heading.value, "label": heading.label, "notes": [note for note in written if note.heading == heading]}
        for heading in RiskNote.Heading
    ]


def add_risk_assessment(request: SignedInRequest, reference: str) -> HttpResponse:
    """What a tool found, when, by whom, and by when it is to be reviewed."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    form = RiskAssessmentForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.add_risk_assessment(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:risk", record.reference)
    return TemplateResponse(request, "offenders/risk/add_risk_assessment.html", {"core_member": record, "form": form})


def withdraw_risk_assessment(request: SignedInRequest, reference: str, assessment: int) -> HttpResponse:
    """What the mistake was."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    known = RiskAssessment.objects.visible_to(request.user).filter(core_member=record, pk=assessment)
    to_withdraw = only_row_of(known.select_related("core_member"))
    if to_withdraw is None:
        raise NotSeen("risk assessment", str(assessment))
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.withdraw_risk_assessment(to_withdraw, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:risk", record.reference)
    context = {"core_member": record, "assessment": to_withdraw, "form": form}
    return TemplateResponse(request, "offenders/risk/withdraw_risk_assessment.html", context)


def write_risk_note(request: SignedInRequest, reference: str, heading: str) -> HttpResponse:
    """What is known under one heading now."""
    if heading not in RiskNote.Heading.values:
        raise Http404
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    known = RiskNote.objects.visible_to(request.user).filter(core_member=record, heading=heading)
    latest = known.order_by("-written_at", "-pk").first()
    form = RiskNoteForm(request.POST or None, initial={"words": latest.words if latest else ""})
    if form.is_valid():
        with refusals_on(form):
            operations.write_risk_note(record, heading=heading, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:risk", record.reference)
    context = {"core_member": record, "heading": RiskNote.Heading(heading).label, "form": form}
    return TemplateResponse(request, "offenders/risk/write_risk_note.html", context)
