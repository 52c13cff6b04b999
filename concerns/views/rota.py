"""The on-call rota: who, when, and when nobody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from concerns.access import RotaAccess, on_call_people
from concerns.forms.rota import ShiftForm
from concerns.models import OnCallShift
from concerns.operations import cancel_shift, gaps, plan_shift
from core.errors import NotSeen, Refused
from core.forms import refusals_on

SHOWN = 60


@require_safe
def rota(request: SignedInRequest) -> HttpResponse:
    """Shifts that stand or come, and the gaps of the next fortnight."""
    may = RotaAccess(request.user)
    may.require("read_rota")
    now = timezone.now()
    shifts = OnCallShift.objects.visible_to(request.user).standing().filter(ends_at__gt=now)
    shown = {
        "shifts": shifts.select_related("person").order_by("starts_at", "pk")[:SHOWN],
        "gaps": gaps(at=now),
        "may": may,
    }
    return TemplateResponse(request, "concerns/rota.html", shown)


def plan(request: SignedInRequest) -> HttpResponse:
    """Put somebody on call."""
    RotaAccess(request.user).require("plan_shift")
    form = ShiftForm(request.POST or None, people=on_call_people(), at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            plan_shift(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "The shift is planned.")
            return redirect("concerns:rota")
    return TemplateResponse(request, "concerns/plan_shift.html", {"form": form})


@require_POST
def cancel(request: SignedInRequest, number: int) -> HttpResponse:
    """Call a shift off."""
    shift = OnCallShift.objects.visible_to(request.user).filter(pk=number).first()
    if shift is None:
        raise NotSeen(OnCallShift.audit_kind, str(number))
    try:
        cancel_shift(shift, by=request.user, at=timezone.now())
        messages.success(request, "The shift is called off.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("concerns:rota")
