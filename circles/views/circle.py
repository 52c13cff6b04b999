"""The circle: the list, opening one, its page, ending it, and who looked."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from audit.trail import who_looked_within
from circles import operations
from circles.access import CircleAccess, OpeningAccess, TaxonomyAccess
from circles.forms.circle import CloseForm, OpenForm
from circles.health import LOOKS_BACK, health_of
from circles.models import Circle, Meeting, Membership
from circles.views.opening import open_circle
from circles.worklist import wants_doing
from core.forms import refusals_on
from core.worktime import LONDON

PAGE_LENGTH = 25
STORY_LENGTH = 8


def circles(request: SignedInRequest) -> HttpResponse:
    """Every circle this person may see: the ones that meet first."""
    seen = Circle.objects.visible_to(request.user).select_related("core_member", "coordinator")
    page = Paginator(seen.order_by("-status", "reference"), PAGE_LENGTH).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "circles/circles.html",
        {
            "page": page,
            "may": OpeningAccess(request.user),
            "may_change_words": TaxonomyAccess(request.user).change_taxonomy,
        },
    )


def circle(request: SignedInRequest, reference: str) -> HttpResponse:
    """One circle: how it is doing, what wants doing, what he must not do, what happened lately."""
    record = open_circle(request, reference)
    may = CircleAccess(request.user, record)
    now = timezone.now()
    members = list(Membership.objects.visible_to(request.user).current().of(record))
    may.belongs = any(member.volunteer.user_id == request.user.pk for member in members)
    recent = Q(planned_at__gt=now - LOOKS_BACK) | ~Q(status=Meeting.Status.APPROVED)
    meetings = list(
        record.meetings.filter(recent)
        .saying_whether_he_came()
        .select_related("minute_taker__user", "minutes")
        .order_by("-planned_at")
    )
    todays = now.astimezone(LONDON).date()
    shown = {
        "circle": record,
        "may": may,
        "tab": "overview",
        "health": health_of(meetings, members, at=now),
        "members": members,
        "week": record.week_at(todays),
        "waiting": wants_doing(meetings, user=request.user, belongs=may.belongs, at=now),
        "restrictions": record.restrictions_in_force(todays),
        "story": record.events.order_by("-at", "-pk")[:STORY_LENGTH],
    }
    return TemplateResponse(request, "circles/circle.html", shown)


def open_new(request: SignedInRequest) -> HttpResponse:
    """Open a circle for a core member who waits for one."""
    OpeningAccess(request.user).require("open_circle")
    form = OpenForm(request.POST or None, by=request.user)
    if form.is_valid():
        with refusals_on(form):
            return redirect(operations.open_circle(by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "circles/open.html", {"form": form})


def close(request: SignedInRequest, reference: str) -> HttpResponse:
    """End a circle, with the reason."""
    record = open_circle(request, reference)
    CircleAccess(request.user, record).require("close")
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.close_circle(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Circle {record.reference} has ended.")
            return redirect(record)
    return TemplateResponse(request, "circles/close.html", {"circle": record, "form": form})


def who_looked(request: SignedInRequest, reference: str) -> HttpResponse:
    """Who opened anything of this circle, and what they did, newest first."""
    record = open_circle(request, reference)
    may = CircleAccess(request.user, record)
    may.require("see_who_looked")
    looks = who_looked_within(record.reference)
    page = Paginator(looks, PAGE_LENGTH).get_page(request.GET.get("page"))
    shown = {"circle": record, "may": may, "tab": "who_looked", "page": page}
    return TemplateResponse(request, "circles/who_looked.html", shown)
