"""The pages of the on-call rota: the shifts, the gaps, and the form to plan a shift."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.proof import fresh_proof
from accounts.requests import SignedInRequest
from concerns.rota.access import RotaAccess, on_call_people
from concerns.rota.forms import ShiftForm
from concerns.rota.models import OnCallShift
from concerns.rota.operations import agree_to_shift, cancel_shift, gaps_on_call, plan_shift, refuse_shift
from core.errors import NotSeen
from core.forms import refusals_as_messages, refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of

SHOWN = 60
STANDS = "The shift is planned."
WAITS = "The shift waits until others agree. They have been asked. Until then its number is shown nowhere."


@require_safe
def rota(request: SignedInRequest) -> HttpResponse:
    """The shifts of now and of the time to come, those that wait, and the gaps of the next fortnight."""
    may = RotaAccess(request.user)
    may.require(RotaAccess.read_rota)
    now = timezone.now()
    shifts = OnCallShift.objects.visible_to(request.user).agreed().filter(ends_at__gt=now)
    waiting = OnCallShift.objects.visible_to(request.user).waiting(now)
    shown = {
        "waiting": [
            {"shift": shift, "may": RotaAccess(request.user, shift)}
            for shift in waiting.select_related("person", "planned_by").order_by("starts_at", "pk")[:SHOWN]
        ],
        "shifts": shifts.select_related("person").order_by("starts_at", "pk")[:SHOWN],
        "gaps": gaps_on_call(at=now),
        "may": may,
    }
    return TemplateResponse(request, "concerns/rota/rota.html", shown)


@fresh_proof
def plan(request: SignedInRequest) -> HttpResponse:
    """Plan a shift."""
    RotaAccess(request.user).require(RotaAccess.plan_shift)
    form = ShiftForm(request.POST or None, people=on_call_people(), at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            shift = plan_shift(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, STANDS if shift.stands_from else WAITS)
            return redirect("concerns:rota")
    return TemplateResponse(request, "concerns/rota/plan_shift.html", {"form": form})


@taken_from_any_page("a shift is agreed to once by each, and is not changed while it waits")
@require_POST
@fresh_proof
def agree(request: SignedInRequest, number: int) -> HttpResponse:
    """Agree to be on call, or to a number that is not verified."""
    return _run_operation(request, number, agree_to_shift, "Agreed.")


@taken_from_any_page("a shift is refused or cancelled once, which its states hold")
@require_POST
def refuse(request: SignedInRequest, number: int) -> HttpResponse:
    """Say no to a shift that waits."""
    return _run_operation(request, number, refuse_shift, "Refused. The shift does not stand.")


@taken_from_any_page("a shift is refused or cancelled once, which its states hold")
@require_POST
@fresh_proof
def cancel(request: SignedInRequest, number: int) -> HttpResponse:
    """Call a shift off."""
    return _run_operation(request, number, cancel_shift, "The shift is called off.")


def _run_operation(
    request: SignedInRequest, number: int, operation: Callable[..., OnCallShift], done: str
) -> HttpResponse:
    shift = only_row_of(OnCallShift.objects.visible_to(request.user).filter(pk=number))
    if shift is None:
        raise NotSeen(OnCallShift.audit_kind, str(number))
    with refusals_as_messages(request):
        operation(shift, by=request.user, at=timezone.now())
        messages.success(request, done)
    return redirect("concerns:rota")
