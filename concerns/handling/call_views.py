"""Saying whom one telephoned, and what one reported to an agency oneself."""

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


@dataclass(frozen=True)
class Told:
    """What was said by voice, and reported directly. Asked for only where there is any."""

    calls: list[VoiceCall]
    reports: list[OwnReport]


def told_of(concern: Concern) -> Told:
    """The calls and reports of a concern opened by `open_concern`."""
    calls = list(concern.calls.select_related("recorded_by")) if concern.rang else []
    reports = list(concern.own_reports.select_related("recorded_by")) if concern.reported else []
    return Told(calls, reports)


def number_to_ring(concern: Concern) -> str:
    """The on-call number of a concern opened by `open_concern`: it never rings whom the concern is about."""
    return concern.on_call or str(settings.ON_CALL_TELEPHONE)


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: SignedInRequest, reference: str) -> HttpResponse:
    """Whom did you telephone, when, and what did they say?"""
    found = open_concern(request, reference)
    ConcernAccess(request.user, found).require(ConcernAccess.say_whom_told)
    now = timezone.now()
    form = CallForm(request.POST or None, at=now)
    if form.is_valid():
        with refusals_on(form):
            record_call(found, by=request.user, at=now, **form.cleaned_data)
            return redirect(found)
    shown = {"concern": found, "form": form, "number": number_to_ring(found)}
    return TemplateResponse(request, "concerns/handling/call.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def own_report(request: SignedInRequest, reference: str) -> HttpResponse:
    """I have reported this myself: to whom, when, and the number they gave."""
    found = open_concern(request, reference)
    ConcernAccess(request.user, found).require(ConcernAccess.say_whom_told)
    now = timezone.now()
    form = OwnReportForm(request.POST or None, at=now)
    if form.is_valid():
        with refusals_on(form):
            record_own_report(found, by=request.user, at=now, **form.cleaned_data)
            return redirect(found)
    return TemplateResponse(request, "concerns/handling/own_report.html", {"concern": found, "form": form})
