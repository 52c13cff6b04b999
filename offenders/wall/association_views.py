"""The pages to write down that two core members must not meet, and to end that."""

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
from offenders.wall import association_operations
from offenders.wall.forms import EndNonAssociationForm, NonAssociationForm
from offenders.wall.models import NonAssociation


def note_non_association(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask whom he must not meet, and why."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.set_wall)
    form = NonAssociationForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            association_operations.note_non_association(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(
                request, "It is written down. Both coordinators are told, and warned where they could meet."
            )
            return redirect("offenders:wall", record.reference)
    return TemplateResponse(request, "offenders/wall/note_non_association.html", {"core_member": record, "form": form})


def end_non_association(request: SignedInRequest, reference: str, pair: int) -> HttpResponse:
    """Ask why the two may meet again."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.set_wall)
    pairs = NonAssociation.objects.visible_to(request.user).of(record)
    to_end = only_row_of(pairs.select_related("first", "second").filter(pk=pair))
    if to_end is None:
        raise NotSeen("non-association", str(pair))
    form = EndNonAssociationForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            association_operations.end_non_association(to_end, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:wall", record.reference)
    context = {"core_member": record, "pair": to_end, "other": to_end.other_than(record), "form": form}
    return TemplateResponse(request, "offenders/wall/end_non_association.html", context)
