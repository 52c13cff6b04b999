"""Pages: who belongs to a circle, what it calls him, add a volunteer, end a membership."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.forms import ConfirmForm
from circles.circle.models import Membership
from circles.circle.opener import open_circle
from circles.circle.operations import set_known_as
from circles.membership import operations
from circles.membership.agreed_work import agreed_work_of
from circles.membership.forms import AddVolunteerForm, KnownAsForm
from core.errors import NotSeen
from core.forms import refusals_on
from core.worktime import LONDON


def people(request: SignedInRequest, reference: str) -> HttpResponse:
    """Who belongs, and since when. Those who may change members also see who belonged."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    memberships = Membership.objects.visible_to(request.user).of(circle)
    shown = {
        "circle": circle,
        "may": may,
        "tab": "people",
        "part": "people",
        "belonging": [member for member in memberships if member.left_at is None],
        "gone": [member for member in memberships if member.left_at is not None] if may.change_members else [],
    }
    return TemplateResponse(request, "circles/membership/people.html", shown)


def known_as(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change what the circle calls the core member."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.change_members)
    form = KnownAsForm(request.POST or None, initial={"known_as": circle.known_as})
    if form.is_valid():
        with refusals_on(form):
            circle = set_known_as(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"He is “{circle.known_as}” in {circle.reference} from now on.")
            return redirect("circles:people", circle.reference)
    return TemplateResponse(request, "circles/membership/known_as.html", {"circle": circle, "form": form})


def add_volunteer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add a volunteer to the circle, from now."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.change_members)
    today = timezone.now().astimezone(LONDON).date()
    form = AddVolunteerForm(request.POST or None, circle=circle, by=request.user, today=today)
    if form.is_valid():
        with refusals_on(form):
            member = operations.add_volunteer(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{member.volunteer.user.full_name} belongs to {circle.reference} from now on.")
            return redirect("circles:people", circle.reference)
    return TemplateResponse(request, "circles/membership/add_volunteer.html", {"circle": circle, "form": form})


def end_membership(request: SignedInRequest, reference: str, volunteer: str) -> HttpResponse:
    """Ask for confirmation, then end a volunteer's membership."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.change_members)
    memberships = Membership.objects.visible_to(request.user).of(circle)
    member = next(
        (each for each in memberships if each.left_at is None and each.volunteer.reference == volunteer), None
    )
    if member is None:
        raise NotSeen("membership", volunteer)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.end_membership(member, by=request.user, at=timezone.now())
            messages.success(request, f"{member.volunteer.user.full_name} has left {circle.reference}.")
            return redirect("circles:people", circle.reference)
    open_work = agreed_work_of(member.volunteer, within=circle, reader=request.user, at=timezone.now())
    shown = {"circle": circle, "member": member, "open_work": open_work, "form": form}
    return TemplateResponse(request, "circles/membership/end_membership.html", shown)
