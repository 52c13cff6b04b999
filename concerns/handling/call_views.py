"""The pages on which somebody records a telephone call, or their own report to an agency."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.handling.call_forms import CallForm, OwnReportForm
from concerns.handling.call_models import OwnReport, VoiceCall
from concerns.handling.call_operations import record_call, record_own_report
from concerns.handling.opener import open_concern
from core.forms import refusals_on
from core.old_pages import taken_from_any_page


@dataclass(frozen=True)
class CallsAndReports:
    """The telephone calls about a concern, and the reports somebody made to an agency themselves."""

    calls: list[VoiceCall]
    reports: list[OwnReport]


def calls_and_reports_of(concern: Concern) -> CallsAndReports:
    """The calls and reports of a concern opened by `open_concern`. They are read only if there are any."""
    calls = list(concern.calls.select_related("recorded_by")) if concern.rang else []
    reports = list(concern.own_reports.select_related("recorded_by")) if concern.reported else []
    return CallsAndReports(calls, reports)


def on_call_number_for(concern: Concern) -> str:
    """The on-call number for a concern opened by `open_concern`: never that of the person it is about."""
    return concern.on_call or str(settings.ON_CALL_TELEPHONE)


@taken_from_any_page("a call that was made is added")
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record whom you telephoned, when, and what they said."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.say_whom_told)
    now = timezone.now()
    form = CallForm(request.POST or None, at=now)
    if form.is_valid():
        with refusals_on(form):
            record_call(concern, by=request.user, at=now, **form.cleaned_data)
            return redirect(concern)
    context = {"concern": concern, "form": form, "number": on_call_number_for(concern)}
    return TemplateResponse(request, "concerns/handling/call.html", context)


@taken_from_any_page("a report that was made is added")
@require_http_methods(["GET", "HEAD", "POST"])
def own_report(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that you have reported this yourself: to whom, when, and the reference they gave."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require(ConcernAccess.say_whom_told)
    now = timezone.now()
    form = OwnReportForm(request.POST or None, at=now)
    if form.is_valid():
        with refusals_on(form):
            record_own_report(concern, by=request.user, at=now, **form.cleaned_data)
            return redirect(concern)
    return TemplateResponse(request, "concerns/handling/own_report.html", {"concern": concern, "form": form})
