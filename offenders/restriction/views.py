"""The pages to add a restriction and to say that all of them were read over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.forms import refusals_on
from core.worktime import LONDON
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.forms import ConfirmForm
from offenders.core_member.opener import open_core_member
from offenders.restriction import operations
from offenders.restriction.forms import RestrictionForm
from offenders.restriction.models import Restriction
from offenders.restriction.operations import add_restriction as write_restriction


def add_restriction(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write down one restriction in plain words."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    form = RestrictionForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            write_restriction(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect(record)
    return TemplateResponse(
        request, "offenders/restriction/add_restriction.html", {"core_member": record, "form": form}
    )


def verify_restrictions(request: SignedInRequest, reference: str) -> HttpResponse:
    """“I have read all of them over with whoever manages him.”"""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    today = timezone.now().astimezone(LONDON).date()
    restrictions = Restriction.objects.visible_to(request.user).in_force(today).filter(core_member=record)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            return redirect(operations.verify_restrictions(record, by=request.user, at=timezone.now()))
    context = {"core_member": record, "restrictions": restrictions.order_by("starts_on", "pk"), "form": form}
    return TemplateResponse(request, "offenders/restriction/verify_restrictions.html", context)
