"""The page on which a volunteer who was there agrees with the minutes, or adds a dissenting note."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.meeting.opener import open_meeting
from circles.version import operations
from circles.version.forms import AssentForm
from circles.version.models import ASSENT_WITHIN, Assent
from circles.version.reading import attendance_of, sections_of
from circles.version.tags_and_contacts import tags_and_contacts_of
from core.forms import refusals_on
from core.old_pages import taken_from_any_page


@taken_from_any_page("it is one's own answer to one version, and added")
def assent(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the minutes, and ask below them whether they are right."""
    record = open_meeting(request, reference)
    may = MeetingAccess(request.user, record)
    may.require(MeetingAccess.give_assent)
    if record.submitted_at is None:
        return redirect(record)
    form = AssentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.give_assent(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Thank you. Your answer is shown with the minutes.")
            return redirect(record)
    context = {
        "meeting": record,
        "circle": record.circle,
        "form": form,
        "sections": sections_of(record, may),
        "tags_and_contacts": tags_and_contacts_of(record),
        "attendance": attendance_of(record),
    }
    return TemplateResponse(request, "circles/version/assent.html", context)


def assents_of(request: SignedInRequest, meeting: Meeting) -> list[Assent]:
    """The assents to every version of the minutes, the latest version first."""
    assents = Assent.objects.visible_to(request.user).filter(version__meeting=meeting)
    return list(
        assents.select_related("version", "volunteer__user")
        .defer("version__answers")
        .order_by("-version__number", "said_at")
    )


def may_assent_now(meeting: Meeting, may: MeetingAccess, at: datetime) -> bool:
    """Whether this person can still agree or dissent: they were there, did not send the minutes, and have time."""
    if meeting.submitted_at is None or meeting.submitted_by_id == may.by.pk:
        return False
    return at <= meeting.submitted_at + ASSENT_WITHIN and may.give_assent
