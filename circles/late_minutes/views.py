"""The page to take over minutes that have been missing for 40 hours."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.forms import ConfirmForm
from circles.late_minutes import operations
from circles.meeting.access import MeetingAccess
from circles.meeting.opener import open_meeting
from core.forms import refusals_on


def take_over(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take over with one button, then go on with the log as it was left."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.take_over)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.take_over_minutes(record, by=request.user, at=timezone.now())
            messages.success(request, "You write these minutes now. What was typed is still there.")
            return redirect("circles:log", record.reference)
    shown = {"meeting": record, "circle": record.circle, "form": form}
    return TemplateResponse(request, "circles/late_minutes/take_over.html", shown)
