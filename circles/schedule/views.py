"""When a circle meets: its coming meetings, departing from the rhythm, and changing it."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.forms import ConfirmForm
from circles.circle.models import Circle
from circles.circle.opener import open_circle
from circles.schedule import operations
from circles.schedule.forms import VaryForm
from circles.schedule.models import Variation
from circles.schedule.rhythm import Occasion, coming
from core.errors import NotSeen
from core.forms import refusals_on

SHOWN = 12
OFFERED = 26


def schedule(request: SignedInRequest, reference: str) -> HttpResponse:
    """The next dozen meetings, with what is moved and what is left out."""
    circle = open_circle(request, reference)
    shown = {
        "circle": circle,
        "may": CircleAccess(request.user, circle),
        "tab": "meetings",
        "part": "schedule",
        "coming": coming(circle, at=timezone.now(), most=SHOWN),
    }
    return TemplateResponse(request, "circles/schedule/schedule.html", shown)


def vary(request: SignedInRequest, reference: str) -> HttpResponse:
    """Leave out, or move, a meeting that is not planned yet."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.schedule)
    form = VaryForm(request.POST or None, circle=circle, free=free_slots(circle, timezone.now()), at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            vary_as_asked(circle, form, request)
            messages.success(request, "The schedule is changed.")
            return redirect("circles:schedule", circle.reference)
    return TemplateResponse(request, "circles/schedule/vary.html", {"circle": circle, "form": form})


def vary_as_asked(circle: Circle, form: VaryForm, request: SignedInRequest) -> None:
    """Call the one operation or the other. Raises Refused."""
    asked, at = form.cleaned_data, timezone.now()
    slot_at, words = asked["slot"], asked["words"]
    if asked["kind"] == Variation.Kind.LEFT_OUT:
        operations.leave_out_slot(circle, slot_at=slot_at, words=words, by=request.user, at=at)
        return
    operations.move_slot(
        circle,
        slot_at=slot_at,
        moved_to=asked["moved_to"],
        place_code=asked["place_code"],
        words=words,
        by=request.user,
        at=at,
    )


def put_back(request: SignedInRequest, reference: str, slot: datetime) -> HttpResponse:
    """Ask once more, then let the rhythm stand."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.schedule)
    variation = find_variation(circle, slot, request)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.put_back_slot(variation, by=request.user, at=timezone.now())
            messages.success(request, "The meeting stands as usual.")
            return redirect("circles:schedule", circle.reference)
    shown = {"circle": circle, "variation": variation, "form": form}
    return TemplateResponse(request, "circles/schedule/put_back.html", shown)


def free_slots(circle: Circle, at: datetime) -> list[Occasion]:
    """The coming moments of the rhythm of which nothing has been made yet."""
    return [one for one in coming(circle, at=at, most=OFFERED) if one.meeting is None and one.variation is None]


def find_variation(circle: Circle, slot: datetime, request: SignedInRequest) -> Variation:
    """The circle's exception for a moment of its rhythm. Raises NotSeen."""
    found = Variation.objects.visible_to(request.user).filter(circle=circle, slot_at=slot).first()
    if found is None:
        raise NotSeen("variation", f"{circle.reference} {slot:%Y-%m-%d}")
    return found
