"""The pages of low-level concerns: the register, recording one, and the monthly review."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from concerns.low_level import operations
from concerns.low_level.access import LowLevelAccess
from concerns.low_level.forms import LowLevelFilter, LowLevelForm, MonthForm
from concerns.low_level.models import LowLevelConcern, PatternReview, month_before
from concerns.low_level.month import month_due, unread_of_month
from concerns.register.access import our_people
from concerns.register.opener import PAGE_LENGTH
from core.errors import NotSeen
from core.forms import refusals_on
from core.references import reference_of
from core.rows import only_row_of
from core.sight import note_sight, note_words
from core.worktime import LONDON

READINGS_SHOWN = 12


def people_with_patterns(user: User) -> list[tuple[User, int]]:
    """People with three or more in a year, and how many each has; without what this person may not know."""
    counted = LowLevelConcern.objects.visible_to(user).pattern_counts(timezone.now())
    return [(person, counted[person.pk]) for person in our_people(user).filter(pk__in=counted)] if counted else []


@require_safe
def low_levels(request: SignedInRequest) -> HttpResponse:
    """The register, the latest first; patterns above it, the monthly reviews below."""
    may = LowLevelAccess(request.user)
    may.require(LowLevelAccess.list_low_levels)
    chosen = LowLevelFilter(request.GET, by=request.user)
    low_levels = LowLevelConcern.objects.visible_to(request.user).filter(**chosen.asked).select_related("about")
    page = Paginator(low_levels.order_by("-recorded_at", "-pk"), PAGE_LENGTH).get_page(request.GET.get("page"))
    note_words(page)
    readings = PatternReview.objects.visible_to(request.user).select_related("reviewed_by")
    month = month_before(timezone.now().astimezone(LONDON).date())
    context = {
        "page": page,
        "form": chosen,
        "may": may,
        "patterns": people_with_patterns(request.user),
        "readings": readings.order_by("-month", "-reviewed_at")[:READINGS_SHOWN],
        "month": month,
        "month_due": month_due(month),
    }
    return TemplateResponse(request, "concerns/low_level/low_levels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Record a low-level concern."""
    LowLevelAccess(request.user).require(LowLevelAccess.record_low_level)
    form = LowLevelForm(request.POST or None, by=request.user, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            return redirect(operations.record_low_level(by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "concerns/low_level/add_low_level.html", {"form": form})


def open_low_level(request: SignedInRequest, reference: str) -> LowLevelConcern:
    """The low-level concern of this reference. Raises NotSeen, also for the person it is about."""
    rows = LowLevelConcern.objects.visible_to(request.user).select_related("about", "recorded_by")
    low_level = only_row_of(rows.filter(reference=reference))
    if low_level is None:
        raise NotSeen(LowLevelConcern.audit_kind, reference)
    note_sight(low_level)
    return low_level


@require_safe
def low_level(request: SignedInRequest, reference: str) -> HttpResponse:
    """One low-level concern, and the others about the same person."""
    low_level = open_low_level(request, reference)
    visible = LowLevelConcern.objects.visible_to(request.user)
    others = visible.filter(about=low_level.about).exclude(pk=low_level.pk).order_by("-happened_on", "-pk")
    context = {
        "low_level": low_level,
        "others": others,
        "pattern": visible.pattern_counts(timezone.now()).get(low_level.about_id, 0),
        "readings": PatternReview.objects.visible_to(request.user)
        .filter(covers=low_level)
        .select_related("reviewed_by"),
    }
    return TemplateResponse(request, "concerns/low_level/low_level.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def month(request: SignedInRequest) -> HttpResponse:
    """Read last month's low-level concerns together, and write what they add up to."""
    LowLevelAccess(request.user).require(LowLevelAccess.review_month)
    last = month_before(timezone.now().astimezone(LONDON).date())
    form = MonthForm(request.POST or None, month=last)
    if form.is_valid():
        with refusals_on(form):
            operations.review_month(month=last, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "What they add up to is saved.")
            return redirect("concerns:low_levels")
    unread = unread_of_month(request.user, last).select_related("about").order_by("about__full_name", "happened_on")
    note_words(unread)
    context = {"form": form, "month": last, "unread": unread, "patterns": people_with_patterns(request.user)}
    return TemplateResponse(request, "concerns/low_level/low_level_month.html", context)


def named_low_level_of(request: SignedInRequest) -> LowLevelConcern | None:
    """The low-level concern from which a new record comes, which the address names; None without one."""
    reference = reference_of(request.GET.get("low_level", ""))
    return open_low_level(request, reference) if reference else None
