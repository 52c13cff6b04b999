"""The page where the coordinator notes that they rang a volunteer who asked for a call."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.forms import ConfirmForm
from circles.contact import operations
from circles.meeting.access import MeetingAccess
from circles.meeting.opener import open_meeting
from core.forms import refusals_on
from core.old_pages import taken_from_any_page


@taken_from_any_page("a call that was made is added")
def note_called(request: SignedInRequest, reference: str) -> HttpResponse:
    """Note with one button that the volunteer was rung."""
    record = open_meeting(request, reference)
    MeetingAccess(request.user, record).require(MeetingAccess.note_called)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.note_called(record, by=request.user, at=timezone.now())
            messages.success(request, "Noted: you have rung.")
            return redirect(record)
    return TemplateResponse(
        request, "circles/contact/called.html", {"meeting": record, "circle": record.circle, "form": form}
    )
