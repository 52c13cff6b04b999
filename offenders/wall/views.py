"""Who may see a core member: his lists, and the pages to put somebody on one and to take them off."""

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
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.opener import open_core_member
from offenders.core_member.wall_models import BreakGlass, WallEntry
from offenders.wall import operations
from offenders.wall.forms import EndWallEntryForm, WallEntryForm
from offenders.wall.models import NonAssociation

ENDED_SHOWN = 20


def wall(request: SignedInRequest, reference: str) -> HttpResponse:
    """Who is on his lists now, why and since when, and who was."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.set_wall)
    entries = WallEntry.objects.visible_to(request.user).filter(core_member=record)
    entries = entries.select_related("person", "set_by", "ended_by")
    current = list(entries.current().order_by("kind", "person__full_name", "pk"))
    context = {
        "core_member": record,
        "allowed": [entry for entry in current if entry.kind == WallEntry.Kind.ALLOW],
        "denied": [entry for entry in current if entry.kind == WallEntry.Kind.DENY],
        "looks": BreakGlass.objects.visible_to(request.user)
        .filter(core_member=record)
        .select_related("person", "reviewed_by")
        .order_by("-opened_at", "-pk")[:ENDED_SHOWN],
        "apart": [
            (pair, pair.other_than(record))
            for pair in NonAssociation.objects.visible_to(request.user)
            .current()
            .of(record)
            .select_related("first", "second", "noted_by")
            .order_by("noted_at", "pk")
        ],
        "ended": entries.exclude(ended_at=None).order_by("-ended_at", "-pk")[:ENDED_SHOWN],
    }
    return TemplateResponse(request, "offenders/wall/wall.html", context)


def add_wall_entry(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put somebody on one of his lists."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.set_wall)
    form = WallEntryForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            entry = operations.add_wall_entry(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{entry.person.full_name} is on the list from now.")
            return redirect("offenders:wall", record.reference)
    return TemplateResponse(request, "offenders/wall/add_wall_entry.html", {"core_member": record, "form": form})


def end_wall_entry(request: SignedInRequest, reference: str, entry: int) -> HttpResponse:
    """Take somebody off his list again, with a reason."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.set_wall)
    known = WallEntry.objects.visible_to(request.user).filter(core_member=record)
    to_end = only_row_of(known.select_related("core_member", "person").filter(pk=entry))
    if to_end is None:
        raise NotSeen("wall entry", str(entry))
    form = EndWallEntryForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.end_wall_entry(to_end, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{to_end.person.full_name} is off the list from now.")
            return redirect("offenders:wall", record.reference)
    context = {"core_member": record, "entry": to_end, "form": form}
    return TemplateResponse(request, "offenders/wall/end_wall_entry.html", context)
