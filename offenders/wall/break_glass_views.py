"""The pages to look at a core member past his wall, and to review that somebody did."""

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
from offenders.core_member.opener import open_core_member
from offenders.core_member.wall_models import BreakGlass
from offenders.wall import break_glass_operations
from offenders.wall.access import BreakGlassAccess, GlassReviewAccess
from offenders.wall.forms import BreakGlassForm, GlassReviewForm


def break_glass(request: SignedInRequest) -> HttpResponse:
    """Ask whom, and why it cannot wait; then open him for half an hour."""
    BreakGlassAccess(request.user).require(BreakGlassAccess.break_glass)
    form = BreakGlassForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            look = break_glass_operations.break_glass(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect(look.core_member)
    return TemplateResponse(request, "offenders/wall/break_glass.html", {"form": form})


def review_glass(request: SignedInRequest, reference: str, look: int) -> HttpResponse:
    """Who looked and why; and whether it was right, said by somebody else."""
    record = open_core_member(request, reference)
    looks = BreakGlass.objects.visible_to(request.user).filter(core_member=record)
    to_review = only_row_of(looks.select_related("core_member", "person", "reviewed_by").filter(pk=look))
    if to_review is None:
        raise NotSeen(BreakGlass.audit_kind, str(look))
    GlassReviewAccess(request.user, to_review).require(GlassReviewAccess.review_glass)
    form = GlassReviewForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            break_glass_operations.review_glass(to_review, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is reviewed, and they are told.")
            return redirect("offenders:wall", record.reference)
    context = {"core_member": record, "look": to_review, "form": form}
    return TemplateResponse(request, "offenders/wall/review_glass.html", context)
