"""The list of core members, the first page of a record, its timeline, who looked, and the page to bring one over."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from audit.trail import looks_at
from core.forms import refusals_on
from core.forms.listing import PAGE_LENGTH
from core.forms.timeline import TimelineForm
from core.timeline import entries_of, timeline_rows_of
from core.worktime import LONDON
from offenders.consent.access import ConsentTextAccess
from offenders.core_member.access import AcceptingAccess, CoreMemberAccess
from offenders.core_member.forms import BringOverForm
from offenders.core_member.models import CoreMember
from offenders.core_member.opener import open_core_member
from offenders.core_member.operations import bring_over_core_member
from offenders.identity.access import FindingAccess
from offenders.overview.forms import CoreMemberListForm
from offenders.overview.still_open import open_columns, still_open_of
from offenders.overview.strands import all_strands
from offenders.overview.timeline import RecordReader
from offenders.referral.access import StartingReferralAccess
from offenders.restriction.models import Restriction
from offenders.risk.models import Band, badge_columns
from offenders.wall.access import BreakGlassAccess

LINES_SHOWN = 40


def core_members(request: SignedInRequest) -> HttpResponse:
    """The core members this person may see, found, narrowed and sorted by what stands in the address."""
    everybody = CoreMember.objects.visible_to(request.user).select_related("area", "coordinator")
    today = timezone.now().astimezone(LONDON).date()
    form = CoreMemberListForm(request.GET, rows=everybody, reader=request.user, today=today)
    context = {
        "page": form.page_of(everybody.annotate(**badge_columns()), request.GET.get("page")),
        "form": form,
        "may": AcceptingAccess(request.user),
        "publishing": ConsentTextAccess(request.user),
        "finding": FindingAccess(request.user),
        "past_walls": BreakGlassAccess(request.user),
        "referring": StartingReferralAccess(request.user),
    }
    return TemplateResponse(request, "offenders/overview/core_members.html", context)


def core_member(request: SignedInRequest, reference: str) -> HttpResponse:
    """One core member: what stands open, who leads, his risk, his consent, and the restrictions in force."""
    today = timezone.now().astimezone(LONDON).date()
    columns = {**badge_columns(), **open_columns(today), "referral_reference": F("referral__reference")}
    record: Any = open_core_member(request, reference, **columns)
    restrictions = Restriction.objects.visible_to(request.user).in_force(today).of(record.pk)
    context = {
        "core_member": record,
        "tab": "overview",
        "today": today,
        "still_open": still_open_of(record, today),
        "risk_label": Band(record.risk_band).label if record.risk_band else "",
        "in_force": restrictions.in_whole_words(),
    }
    return TemplateResponse(request, "offenders/overview/core_member.html", context)


@require_safe
def record_timeline(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything that happened to his record, the newest first: all of it, or the kinds and days that were chosen."""
    record = open_core_member(request, reference)
    reader = RecordReader(request.user, record, at=timezone.now())
    strands = all_strands()
    form = TimelineForm(request.GET, strands=strands, at=reader.at)
    rows = timeline_rows_of(reader, form.chosen_strands, **form.days)
    page = Paginator(rows, LINES_SHOWN).get_page(request.GET.get("page"))
    context = {
        "core_member": record,
        "tab": "timeline",
        "form": form,
        "page": page,
        "entries": entries_of(page, reader, strands),
    }
    return TemplateResponse(request, "offenders/overview/timeline.html", context)


def who_looked(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everybody who opened his record, was sent it or saw it in a list, the latest first."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.see_who_looked)
    looks = looks_at(CoreMember.audit_kind, record.reference)
    page = Paginator(looks, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"core_member": record, "tab": "who_looked", "page": page}
    return TemplateResponse(request, "offenders/overview/who_looked.html", context)


def bring_over(request: SignedInRequest) -> HttpResponse:
    """Bring over somebody who was with the charity before this service, by reference alone."""
    AcceptingAccess(request.user).require(AcceptingAccess.bring_over)
    form = BringOverForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            return redirect(bring_over_core_member(by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "offenders/overview/bring_over.html", {"form": form})
