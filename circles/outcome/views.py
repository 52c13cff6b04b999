"""Pages of adverse outcomes during and after a circle: the list, recording one, correcting one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.circle.opener import open_circle
from circles.outcome import operations
from circles.outcome.forms import OutcomeCorrectionForm, OutcomeForm
from circles.outcome.models import AdverseOutcome
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of


def outcomes(request: SignedInRequest, reference: str) -> HttpResponse:
    """List every entry, the latest event first, also those that were corrected."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    may.require(CircleAccess.see_outcomes)
    visible = AdverseOutcome.objects.visible_to(request.user).filter(circle=circle)
    entries = visible.select_related("recorded_by", "corrected_by", "corrects").order_by("-event_on", "-pk")
    context = {"circle": circle, "may": may, "tab": "reviews", "part": "outcomes", "entries": entries}
    return TemplateResponse(request, "circles/outcome/outcomes.html", context)


def record_outcome(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record one event, or that none is known."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.record_outcomes)
    form = OutcomeForm(request.POST or None, initial={"check_months": request.GET.get("check", "")}, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.record_outcome(circle, known=form.known(), by=request.user, at=timezone.now())
            messages.success(request, "Recorded. It stays as it is. Correct a mistake with a new entry.")
            return redirect("circles:outcomes", reference)
    return TemplateResponse(request, "circles/outcome/record_outcome.html", {"circle": circle, "form": form})


def correct_outcome(request: SignedInRequest, reference: str, outcome: str) -> HttpResponse:
    """Correct an entry by a new one."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.record_outcomes)
    entry = _find_entry(request, circle, outcome)
    initial: dict[str, Any] = {name: getattr(entry, name) for name in ["step", "event_on", "known_on", "source"]}
    initial["check_months"] = entry.check_months or ""
    form = OutcomeCorrectionForm(request.POST or None, initial=initial, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            reason, when = form.cleaned_data["reason"], timezone.now()
            operations.correct_outcome(entry, known=form.known(), reason=reason, by=request.user, at=when)
            messages.success(request, "Corrected. The first entry stays too.")
            return redirect("circles:outcomes", reference)
    return TemplateResponse(
        request, "circles/outcome/correct_outcome.html", {"circle": circle, "entry": entry, "form": form}
    )


def _find_entry(request: SignedInRequest, circle: Circle, reference: str) -> AdverseOutcome:
    """The entry of this reference. Raises NotSeen."""
    entry = only_row_of(AdverseOutcome.objects.visible_to(request.user).filter(circle=circle, reference=reference))
    if entry is None:
        raise NotSeen(AdverseOutcome.audit_kind, reference)
    return entry
