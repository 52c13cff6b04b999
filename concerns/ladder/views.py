"""The pages of the ladder and the holidays."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from concerns.ladder.access import LadderAccess
from concerns.ladder.forms import HolidayForm, ProposalForm
from concerns.ladder.models import Clock, Holiday, LadderVersion
from concerns.ladder.operations import add_holiday, approve_ladder, extend_holidays, propose_ladder, remove_holiday
from core.errors import NotSeen
from core.forms import refusals_as_messages, refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of


@require_safe
def ladder(request: SignedInRequest) -> HttpResponse:
    """The clocks new concerns run on, what waits for a second person, and the holidays to come."""
    may = LadderAccess(request.user)
    may.require(LadderAccess.read_ladder)
    now = timezone.now()
    versions = LadderVersion.objects.visible_to(request.user).prefetch_related("clocks").select_related("proposed_by")
    in_force = versions.in_force(now)
    context = {
        "in_force": in_force,
        "proposed": [
            (version, LadderAccess(request.user, version), _changed_clocks(version, in_force))
            for version in versions.proposed()
        ],
        "holidays": Holiday.objects.visible_to(request.user).coming(timezone.localdate(now)),
        "known_until": Holiday.objects.visible_to(request.user).known_until(),
        "may": may,
    }
    return TemplateResponse(request, "concerns/ladder/ladder.html", context)


def _changed_clocks(proposed: LadderVersion, in_force: LadderVersion) -> list[tuple[Clock, Clock]]:
    """The clocks that would change, each beside the one it replaces."""
    clocks_now = {(clock.level, clock.side): clock for clock in in_force.clocks.all()}
    pairs = [(clock, clocks_now[clock.level, clock.side]) for clock in proposed.clocks.all()]
    return [(new, old) for new, old in pairs if (new.to_acknowledge, new.to_act) != (old.to_acknowledge, old.to_act)]


def propose(request: SignedInRequest) -> HttpResponse:
    """Propose another clock."""
    LadderAccess(request.user).require(LadderAccess.propose_ladder)
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            propose_ladder(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is proposed. It takes effect when a second person agrees.")
            return redirect("concerns:ladder")
    return TemplateResponse(request, "concerns/ladder/propose_ladder.html", {"form": form})


@taken_from_any_page("a version is agreed to once, and is not changed while it waits")
@require_POST
def approve(request: SignedInRequest, number: int) -> HttpResponse:
    """Agree to somebody else's proposal."""
    version = only_row_of(LadderVersion.objects.visible_to(request.user).filter(number=number))
    if version is None:
        raise NotSeen(LadderVersion.audit_kind, str(number))
    with refusals_as_messages(request):
        approve_ladder(version, by=request.user, at=timezone.now())
        messages.success(request, "Concerns raised from now on use it.")
    return redirect("concerns:ladder")


def holiday(request: SignedInRequest) -> HttpResponse:
    """Leave a day out of working time."""
    LadderAccess(request.user).require(LadderAccess.edit_holidays)
    form = HolidayForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            add_holiday(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("concerns:ladder")
    return TemplateResponse(request, "concerns/ladder/add_holiday.html", {"form": form})


@require_POST
def next_year(request: SignedInRequest) -> HttpResponse:
    """Add the bank holidays of one more year."""
    LadderAccess(request.user).require(LadderAccess.edit_holidays)
    with refusals_as_messages(request):
        year = extend_holidays(by=request.user, at=timezone.now())
        messages.success(request, f"The bank holidays of {year} are on the list.")
    return redirect("concerns:ladder")


@taken_from_any_page("a day is a holiday or it is none")
@require_POST
def working_day(request: SignedInRequest, number: int) -> HttpResponse:
    """Count a day as a working day again."""
    holiday = only_row_of(Holiday.objects.visible_to(request.user).filter(pk=number))
    if holiday is None:
        raise NotSeen(Holiday.audit_kind, str(number))
    with refusals_as_messages(request):
        remove_holiday(holiday, by=request.user, at=timezone.now())
    return redirect("concerns:ladder")
