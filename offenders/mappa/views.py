"""The pages of how MAPPA manages him: category and level, area, and what follows from a change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.forms import refusals_on
from core.rows import only_row_of
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.change_models import ManagementChange
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.opener import open_core_member
from offenders.mappa import operations
from offenders.mappa.action_models import MappaAction
from offenders.mappa.forms import AnswerChangeForm, AreaForm, MappaForm
from offenders.mappa.hearers import hearers_of


def change_mappa(request: SignedInRequest, reference: str) -> HttpResponse:
    """Which category and level hold now, since when and why."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    today = timezone.now().astimezone(LONDON).date()
    first = {"category": record.category, "level": record.level, "changed_on": today}
    form = MappaForm(request.POST or None, initial=first, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            period = operations.change_mappa(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(
                request,
                f"Category {period.category}, level {period.level} since {period.from_on:%-d %B %Y}. "
                "Ask whoever manages him whether his restrictions have changed too.",
            )
            return redirect("offenders:mappa", record.reference)
    return TemplateResponse(request, "offenders/mappa/change_mappa.html", {"core_member": record, "form": form})


def mappa(request: SignedInRequest, reference: str) -> HttpResponse:
    """How MAPPA manages him now and did before, what it asked us to do, and the changes nobody has answered."""
    record = open_core_member(request, reference)
    periods = MappaPeriod.objects.visible_to(request.user).filter(core_member=record)
    actions = MappaAction.objects.visible_to(request.user).filter(core_member=record).select_related("done_by")
    changes = ManagementChange.objects.visible_to(request.user).filter(core_member=record)
    context = {
        "core_member": record,
        "tab": "mappa",
        "part": "mappa",
        "may": CoreMemberAccess(request.user, record),
        "today": timezone.now().astimezone(LONDON).date(),
        "periods": periods.order_by("-from_on", "-pk"),
        "actions": actions.order_by("done_at", "due_on", "pk"),
        "changes": changes.select_related("answered_by", "noted_by").order_by("-noted_at", "-pk"),
    }
    return TemplateResponse(request, "offenders/mappa/mappa.html", context)


def change_area(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask which area manages him now; then say who hears of him from now on."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    first = {"changed_on": timezone.now().astimezone(LONDON).date()}
    form = AreaForm(request.POST or None, area=record.area, initial=first, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.change_area(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            area = form.cleaned_data["area"]
            if hearers := hearers_of(area):
                words = f"{area.name} manages him now. What is open about him goes to its queue: {hearers} are told."
            else:
                words = f"{area.name} manages him now. Nobody works a queue there, so what is open stays where it is."
            messages.success(request, f"{words} Now name the practitioner there.")
            return redirect("offenders:change_practitioner", record.reference)
    return TemplateResponse(request, "offenders/mappa/change_area.html", {"core_member": record, "form": form})


def answer_change(request: SignedInRequest, reference: str, change: int) -> HttpResponse:
    """Ask what follows for the circle from a change."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    known = ManagementChange.objects.visible_to(request.user).filter(core_member=record, pk=change)
    to_answer = only_row_of(known.select_related("core_member", "answered_by"))
    if to_answer is None:
        raise NotSeen("change", str(change))
    form = AnswerChangeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.answer_change(to_answer, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:mappa", record.reference)
    context = {"core_member": record, "change": to_answer, "form": form}
    return TemplateResponse(request, "offenders/mappa/answer_change.html", context)
