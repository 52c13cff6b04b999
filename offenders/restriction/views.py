"""His restrictions, and the pages to add, vary, end and put one right, and to say that all of them were read over."""

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
from offenders.core_member.forms import ConfirmForm
from offenders.core_member.models import CoreMember
from offenders.core_member.opener import open_core_member
from offenders.restriction import operations
from offenders.restriction.forms import EndRestrictionForm, PutRightForm, RestrictionForm, VaryRestrictionForm
from offenders.restriction.models import Restriction
from offenders.restriction.operations import add_restriction as write_restriction

STAYS_IF_VARIED = (
    "source",
    "category",
    "category_other",
    "plain_words",
    "exact_words",
    "kept_from_volunteers",
    "avoids_district",
    "avoids_children",
    "avoids_internet",
    "ends_on",
)
"""What the form to vary one begins with."""


def restrictions(request: SignedInRequest, reference: str) -> HttpResponse:
    """His restrictions, those in force today first, with their exact words and who said so."""
    record = open_core_member(request, reference)
    today = timezone.now().astimezone(LONDON).date()
    rows = Restriction.objects.visible_to(request.user).in_whole_words().select_related("varied_by").of(record.pk)
    context = {
        "core_member": record,
        "tab": "restrictions",
        "may": CoreMemberAccess(request.user, record),
        "in_force": [(rule, not rule.is_over(today)) for rule in rows if rule.is_in_force_on(today)],
        "not_in_force": [(rule, not rule.is_over(today)) for rule in rows if not rule.is_in_force_on(today)],
    }
    return TemplateResponse(request, "offenders/restriction/restrictions.html", context)


def add_restriction(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write down one restriction in plain words."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    form = RestrictionForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            write_restriction(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:restrictions", record.reference)
    return TemplateResponse(
        request, "offenders/restriction/add_restriction.html", {"core_member": record, "form": form}
    )


def verify_restrictions(request: SignedInRequest, reference: str) -> HttpResponse:
    """“I have read all of them over with whoever manages him.”"""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    today = timezone.now().astimezone(LONDON).date()
    in_force = Restriction.objects.visible_to(request.user).in_force(today).of(record.pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.verify_restrictions(record, by=request.user, at=timezone.now())
            return redirect("offenders:restrictions", record.reference)
    context = {"core_member": record, "restrictions": in_force.in_whole_words(), "form": form}
    return TemplateResponse(request, "offenders/restriction/verify_restrictions.html", context)


def vary_restriction(request: SignedInRequest, reference: str, restriction: int) -> HttpResponse:
    """Write down what it says from a day on. The old words stay, with their days."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    known = _restriction_of(request, record, restriction)
    first = {name: getattr(known, name) for name in STAYS_IF_VARIED}
    if known.is_in_referrers_words:
        first |= {"plain_words": "", "kept_from_volunteers": False, "starts_on": known.starts_on}
    form = VaryRestrictionForm(request.POST or None, initial=first, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.vary_restriction(known, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is varied. Everybody in his circle is told to look.")
            return redirect("offenders:restrictions", record.reference)
    context = {"core_member": record, "restriction": known, "form": form}
    return TemplateResponse(request, "offenders/restriction/vary_restriction.html", context)


def end_restriction(request: SignedInRequest, reference: str, restriction: int) -> HttpResponse:
    """Write down the first day on which it no longer holds."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    known = _restriction_of(request, record, restriction)
    form = EndRestrictionForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            ended = operations.end_restriction(known, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(
                request, f"It no longer holds from {ended.ends_on:%-d %B %Y}. Everybody in his circle is told to look."
            )
            return redirect("offenders:restrictions", record.reference)
    context = {"core_member": record, "restriction": known, "form": form}
    return TemplateResponse(request, "offenders/restriction/end_restriction.html", context)


def put_restriction_right(request: SignedInRequest, reference: str, restriction: int) -> HttpResponse:
    """Ask what is wrong in its words and what is right. The words stay, and this stands after them."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    known = _restriction_of(request, record, restriction)
    form = PutRightForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.put_restriction_right(known, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is put right. Everybody who reads it is told to look.")
            return redirect("offenders:restrictions", record.reference)
    context = {"core_member": record, "restriction": known, "form": form}
    return TemplateResponse(request, "offenders/restriction/put_right.html", context)


def _restriction_of(request: SignedInRequest, core_member: CoreMember, key: int) -> Restriction:
    """One of his restrictions. Raises NotSeen for any other."""
    known = Restriction.objects.visible_to(request.user).filter(core_member=core_member)
    restriction = only_row_of(known.in_whole_words().select_related("core_member").filter(pk=key))
    if restriction is None:
        raise NotSeen("restriction", str(key))
    return restriction
