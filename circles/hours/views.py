"""My hours, and a circle's: counted from the record."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from audit.old_pages import taken_from_any_page
from circles.circle.access import CircleAccess
from circles.circle.models import Circle, Membership
from circles.circle.opener import open_circle
from circles.hours import operations
from circles.hours.access import HoursAccess
from circles.hours.forms import OFFERED, TravelForm
from circles.hours.reckoning import NOTHING, PROMISE, Week, given_to, monday, spent_by, total_of, weeks_of
from circles.meeting.access import MeetingAccess
from circles.meeting.opener import open_meeting
from core.errors import Refused
from volunteers.volunteer.models import Volunteer

PAGE_LENGTH = 12


def my_hours(request: SignedInRequest) -> HttpResponse:
    """What I gave, week by week, and how it stands with the promise."""
    HoursAccess(request.user).require(HoursAccess.see_own_hours)
    me = list(Volunteer.objects.visible_to(request.user).filter(user=request.user))
    mine = [one for found in spent_by(me).values() for one in found]
    weeks, this_monday = weeks_of(mine), monday(timezone.now())
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
    """How long I travelled to this meeting: one tap."""
    meeting = open_meeting(request, reference)
    MeetingAccess(request.user, meeting).require(MeetingAccess.give_travel)
    form = TravelForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("Tap one of the times there and back.")
        minutes = form.cleaned_data["minutes"]
        operations.give_travel(meeting, minutes=minutes, by=request.user, at=timezone.now())
        messages.success(request, f"{minutes} minutes of travel are noted, and remembered for the next meetings.")
    except Refused as refused:
        messages.warning(request, refused.message)
    return redirect("circles:my_hours")


def circle_hours(request: SignedInRequest, reference: str) -> HttpResponse:
    """What each volunteer has given to one circle."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    may.require(CircleAccess.see_hours)
    members = Membership.objects.visible_to(request.user).of(circle)
    volunteers = {member.volunteer for member in members}
    given = given_to(circle.pk, volunteers, at=timezone.now())
    shown = {
        "circle": circle,
        "may": may,
        "tab": "people",
        "part": "hours",
        "given": given,
        "total": sum((one.total for one in given), NOTHING),
        "promise": PROMISE,
    }
    return TemplateResponse(request, "circles/hours/circle_hours.html", shown)
