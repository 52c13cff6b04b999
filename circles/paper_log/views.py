"""Pages of the log on paper: the sheet to print, and the form for its code when it is typed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.action.forms import action_rows
from circles.circle.models import Membership
from circles.goal.forms import goal_rows
from circles.meeting.access import MeetingAccess
from circles.meeting.opener import open_meeting
from circles.paper_log import operations
from circles.paper_log.forms import HIM_ON_PAPER, SheetCodeForm, paper_parts_of, sides_of
from core.errors import Refused
from core.forms import refusals_on


def paper(request: SignedInRequest, reference: str) -> HttpResponse:
    """Print the log of one meeting on one sheet of A4, with its code at the top of both sides."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.print_log)
    now = timezone.now()
    try:
        operations.print_log(meeting, by=request.user, at=now)
    except Refused:
        return redirect(meeting)
    members = Membership.objects.visible_to(request.user).current().of(meeting.circle)
    people = [HIM_ON_PAPER, *(member.volunteer.user.first_name for member in members)]
    parts = paper_parts_of(people, action_rows(meeting, him=HIM_ON_PAPER), goal_rows(meeting))
    context = {
        "meeting": meeting,
        "circle": meeting.circle,
        "sides": sides_of(parts),
        "now": now,
    }
    return TemplateResponse(request, "circles/paper_log/paper.html", context)


def paper_code(request: SignedInRequest) -> HttpResponse:
    """Find a meeting by the code of its sheet, and go to its log."""
    form = SheetCodeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            meeting = operations.meeting_of_code(form.cleaned_data["code"], by=request.user)
            return redirect("circles:log", meeting.reference)
    return TemplateResponse(request, "circles/paper_log/paper_code.html", {"form": form})
