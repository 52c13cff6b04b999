"""The paper path: the sheet to print, and the door through which it is typed in later."""

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
from circles.paper_log.forms import HIM_ON_PAPER, CodeForm, on_paper, two_sides
from core.errors import Refused
from core.forms import refusals_on


def paper(request: SignedInRequest, reference: str) -> HttpResponse:
    """The log of one meeting as one sheet of A4, its code at the top of both sides."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.print_log)
    now = timezone.now()
    try:
        operations.print_log(meeting, by=request.user, at=now)
    except Refused:
        return redirect(meeting)
    members = Membership.objects.visible_to(request.user).current().of(meeting.circle)
    people = [HIM_ON_PAPER, *(member.volunteer.user.first_name for member in members)]
    parts = on_paper(people, action_rows(meeting, him=HIM_ON_PAPER), goal_rows(meeting))
    shown = {
        "meeting": meeting,
        "circle": meeting.circle,
        "sides": two_sides(parts),
        "now": now,
    }
    return TemplateResponse(request, "circles/paper_log/paper.html", shown)


def paper_code(request: SignedInRequest) -> HttpResponse:
    """Type in the code of a sheet, and go to its meeting's log."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            meeting = operations.meeting_of_code(form.cleaned_data["code"], by=request.user)
            return redirect("circles:log", meeting.reference)
    return TemplateResponse(request, "circles/paper_log/paper_code.html", {"form": form})
