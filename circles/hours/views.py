"""Pages: my hours, and the hours given to a circle, counted from the minutes."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.models import Circle, Membership
from circles.circle.opener import open_circle
from circles.hours import operations
from circles.hours.access import HoursAccess
from circles.hours.forms import OFFERED, TravelForm
from circles.hours.reckoning import (
    NO_TIME,
    PROMISE,
    Week,
    circle_hours_of,
    meeting_hours_of,
    monday_of,
    total_of,
    weeks_of,
)
from circles.meeting.access import MeetingAccess
from circles.meeting.opener import open_meeting
from core.errors import Refused
from core.forms import refusals_as_messages
from core.old_pages import taken_from_any_page
from volunteers.volunteer.models import Volunteer

PAGE_LENGTH = 12


def my_hours(request: SignedInRequest) -> HttpResponse:
    """The hours I gave, week by week, beside the hours that were promised."""
    HoursAccess(request.user).require(HoursAccess.see_own_hours)
    me = list(Volunteer.objects.visible_to(request.user).filter(user=request.user))
    mine = [hours for of_volunteer in meeting_hours_of(me).values() for hours in of_volunteer]
    weeks, this_monday = weeks_of(mine), monday_of(timezone.now())
    shown = {
        "this_week": next((week for week in weeks if week.begins == this_monday), Week(this_monday)),
        "page": Paginator(weeks, PAGE_LENGTH).get_page(request.GET.get("page")),
        "total": total_of(mine),
        "promise": PROMISE,
        "offered": OFFERED,
        "mine_still": set(Circle.objects.visible_to(request.user).values_list("pk", flat=True)),
    }
    return TemplateResponse(request, "circles/hours/my_hours.html", shown)


@taken_from_any_page("it is one's own journey")
@require_POST
def travel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Note how long I travelled to this meeting, with one tap."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.give_travel)
    form = TravelForm(request.POST)
    with refusals_as_messages(request):
        if not form.is_valid():
            raise Refused("Tap one of the times there and back.")
        minutes = form.cleaned_data["minutes"]
        operations.give_travel(meeting, minutes=minutes, by=request.user, at=timezone.now())
        messages.success(request, f"{minutes} minutes of travel are noted, and remembered for the next meetings.")
    return redirect("circles:my_hours")


def circle_hours(request: SignedInRequest, reference: str) -> HttpResponse:
    """The hours that each volunteer has given to one circle."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    may.require(CircleAccess.see_hours)
    members = Membership.objects.visible_to(request.user).of(circle)
    volunteers = {member.volunteer for member in members}
    given = circle_hours_of(circle.pk, volunteers, at=timezone.now())
    shown = {
        "circle": circle,
        "may": may,
        "tab": "people",
        "part": "hours",
        "given": given,
        "total": sum((hours.total for hours in given), NO_TIME),
        "promise": PROMISE,
    }
    return TemplateResponse(request, "circles/hours/circle_hours.html", shown)
