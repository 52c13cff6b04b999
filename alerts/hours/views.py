"""The page where a person chooses quiet hours, and how news comes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from alerts.hours.forms import HoursForm
from alerts.hours.operations import choose_hours, preferences_of
from core.forms import refusals_on


def hours(request: SignedInRequest) -> HttpResponse:
    """Quiet hours, and how news comes."""
    preference = preferences_of([request.user])[request.user.pk]
    initial = {"news": preference.news, "quiet_from": preference.quiet_from, "quiet_to": preference.quiet_to}
    form = HoursForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            choose_hours(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Kept.")
            return redirect("alerts:hours")
    return TemplateResponse(request, "alerts/hours/hours.html", {"form": form})
