"""The pages of the next MAPPA meeting, and of what it asked us to do."""

from __future__ import annotations

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
from offenders.mappa import action_operations
from offenders.mappa.action_models import MappaAction
from offenders.mappa.forms import ActionForm, FinishActionForm, MeetingForm


def plan_mappa_meeting(request: SignedInRequest, reference: str) -> HttpResponse:
    """When MAPPA meets about him next."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    now = timezone.now()
    form = MeetingForm(request.POST or None, initial={"meets_on": record.next_mappa_meeting_on}, at=now)
    if form.is_valid():
        with refusals_on(form):
            action_operations.plan_mappa_meeting(record, by=request.user, at=now, **form.cleaned_data)
            return redirect("offenders:mappa", record.reference)
    return TemplateResponse(request, "offenders/mappa/plan_mappa_meeting.html", {"core_member": record, "form": form})


def add_mappa_action(request: SignedInRequest, reference: str) -> HttpResponse:
    """What MAPPA asked us to do, and by when."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    form = ActionForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            action_operations.add_mappa_action(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:mappa", record.reference)
    return TemplateResponse(request, "offenders/mappa/add_mappa_action.html", {"core_member": record, "form": form})


def finish_mappa_action(request: SignedInRequest, reference: str, action: int) -> HttpResponse:
    """What was done about it."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    known = MappaAction.objects.visible_to(request.user).filter(core_member=record, pk=action)
    to_finish = only_row_of(known.select_related("core_member"))
    if to_finish is None:
        raise NotSeen("MAPPA action", str(action))
    form = FinishActionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            action_operations.finish_mappa_action(to_finish, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:mappa", record.reference)
    context = {"core_member": record, "action": to_finish, "form": form}
    return TemplateResponse(request, "offenders/mappa/finish_mappa_action.html", context)
