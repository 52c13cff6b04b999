"""Pages that show when a circle meets, and change coming meetings that are not planned yet."""

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
from circles.schedule.rhythm import Occasion, coming_occasions_of
from core.errors import NotSeen
from core.forms import refusals_on

SHOWN = 12
OFFERED = 26


def schedule(request: SignedInRequest, reference: str) -> HttpResponse:
    """List the next twelve meetings, also those moved or left out."""
    circle = open_circle(request, reference)
    context = {
        "circle": circle,
        "may": CircleAccess(request.user, circle),
        "tab": "meetings",
        "part": "schedule",
        "coming": coming_occasions_of(circle, at=timezone.now(), most=SHOWN),
    }
    return TemplateResponse(request, "circles/schedule/schedule.html", context)


def vary(request: SignedInRequest, reference: str) -> HttpResponse:
    """Leave out or move a meeting that is not planned yet."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.schedule)
    form = VaryForm(
        request.POST or None, circle=circle, free=_free_occasions_of(circle, timezone.now()), at=timezone.now()
    )
    if form.is_valid():
        with refusals_on(form):
            _vary_schedule(circle, form, request)
            messages.success(request, "The schedule is changed.")
            return redirect("circles:schedule", circle.reference)
    return TemplateResponse(request, "circles/schedule/vary.html", {"circle": circle, "form": form})


def _vary_schedule(circle: Circle, form: VaryForm, request: SignedInRequest) -> None:
    """Call the operation that was chosen. Raises Refused."""
    cleaned, at = form.cleaned_data, timezone.now()
    slot_at, words = cleaned["slot"], cleaned["words"]
    if cleaned["kind"] == Variation.Kind.LEFT_OUT:
        operations.leave_out_slot(circle, slot_at=slot_at, words=words, by=request.user, at=at)
        return
    operations.move_slot(
        circle,
        slot_at=slot_at,
        moved_to=cleaned["moved_to"],
        place_code=cleaned["place_code"],
        words=words,
        by=request.user,
        at=at,
    )


def put_back(request: SignedInRequest, reference: str, slot: datetime) -> HttpResponse:
    """Ask once more, then delete the exception."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.schedule)
    variation = _find_variation(circle, slot, request)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.put_back_slot(variation, by=request.user, at=timezone.now())
            messages.success(request, "The circle meets then as usual.")
            return redirect("circles:schedule", circle.reference)
    context = {"circle": circle, "variation": variation, "form": form}
    return TemplateResponse(request, "circles/schedule/put_back.html", context)


def _free_occasions_of(circle: Circle, at: datetime) -> list[Occasion]:
    """The coming moments of the rhythm that are not planned and not changed yet."""
    return [
        occasion
        for occasion in coming_occasions_of(circle, at=at, most=OFFERED)
        if occasion.meeting is None and occasion.variation is None
    ]


def _find_variation(circle: Circle, slot: datetime, request: SignedInRequest) -> Variation:
    """The exception at one moment of the circle's rhythm. Raises NotSeen."""
    variation = Variation.objects.visible_to(request.user).filter(circle=circle, slot_at=slot).first()
    if variation is None:
        raise NotSeen("variation", f"{circle.reference} {slot:%Y-%m-%d}")
    return variation
