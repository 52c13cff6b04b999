"""The page to write down that his MAPPA category or level has changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.forms import refusals_on
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.opener import open_core_member
from offenders.mappa import operations
from offenders.mappa.forms import MappaForm


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
            return redirect(record)
    return TemplateResponse(request, "offenders/mappa/change_mappa.html", {"core_member": record, "form": form})
