"""The list of core members, one core member's page, and the page to bring one over from before this service."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from audit.trail import looks_at
from core.forms import refusals_on
from core.worktime import LONDON
from offenders.consent.access import ConsentTextAccess
from offenders.contact.models import Contact
from offenders.core_member.access import AcceptingAccess, CoreMemberAccess
from offenders.core_member.forms import BringOverForm
from offenders.core_member.mappa_models import MappaPeriod
from offenders.core_member.models import CoreMember
from offenders.core_member.opener import open_core_member
from offenders.core_member.operations import bring_over_core_member
from offenders.identity.access import FindingAccess
from offenders.lead.models import LeadChange
from offenders.overview.forms import CoreMemberListForm
from offenders.referral.access import StartingReferralAccess
from offenders.restriction.models import Restriction
from offenders.risk.models import Band, badge_columns

LOOKS_SHOWN = 20


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
        "referring": StartingReferralAccess(request.user),
    }
    return TemplateResponse(request, "offenders/overview/core_members.html", context)


def core_member(request: SignedInRequest, reference: str) -> HttpResponse:
    """One core member: how MAPPA manages him, his restrictions and contacts, and who looked."""
    record: Any = open_core_member(request, reference, **badge_columns())
    may = CoreMemberAccess(request.user, record)
    today = timezone.now().astimezone(LONDON).date()
    restrictions = (
        Restriction.objects.visible_to(request.user)
        .in_whole_words()
        .select_related("varied_by")
        .filter(core_member=record)
        .order_by("starts_on", "pk")
    )
    contacts = Contact.objects.visible_to(request.user).current().filter(core_member=record).order_by("pk")
    leads = LeadChange.objects.visible_to(request.user).filter(core_member=record).order_by("-changed_on", "-pk")
    periods = MappaPeriod.objects.visible_to(request.user).filter(core_member=record).exclude(until_on=None)
    looks = looks_at(CoreMember.audit_kind, record.reference)[:LOOKS_SHOWN] if may.see_who_looked else []
    context = {
        "core_member": record,
        "risk_label": Band(record.risk_band).label if record.risk_band else "",
        "today": today,
        "may": may,
        "leads": leads.select_related("noted_by"),
        "earlier_periods": periods.order_by("-until_on", "-pk"),
        "in_force": [(rule, not rule.is_over(today)) for rule in restrictions if rule.is_in_force_on(today)],
        "not_in_force": [(rule, not rule.is_over(today)) for rule in restrictions if not rule.is_in_force_on(today)],
        "contacts": [(each, each.is_good_on(today)) for each in contacts.select_related("agency", "verified_by")],
        "looks": looks,
    }
    return TemplateResponse(request, "offenders/overview/core_member.html", context)


def bring_over(request: SignedInRequest) -> HttpResponse:
    """Bring over somebody who was with the charity before this service, by reference alone."""
    AcceptingAccess(request.user).require(AcceptingAccess.bring_over)
    form = BringOverForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            return redirect(bring_over_core_member(by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "offenders/overview/bring_over.html", {"form": form})
