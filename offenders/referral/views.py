"""The list of referrals, starting one, its own page, and the pages of its form for the coordinator."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from offenders.identity.access import FindingAccess
from offenders.referral import operations
from offenders.referral.access import ReferralAccess, StartingReferralAccess
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.document_models import EXPECTED, DocumentKind, ReferralDocument
from offenders.referral.figures import days_in_words, figures_of
from offenders.referral.form_views import FormWriter, section_named, show_part, show_section
from offenders.referral.forms import ReferralListForm, StartReferralForm
from offenders.referral.link_models import ReferrerLink
from offenders.referral.models import Referral, ReferralEvent
from offenders.referral.opener import open_referral

ONLY_SAVES = "it only saves, and compares what the page loaded"


def referrals(request: SignedInRequest) -> HttpResponse:
    """The referrals this person may see: open ones, or those that the address asks for."""
    may = StartingReferralAccess(request.user)
    may.require(StartingReferralAccess.list_referrals)
    rows = Referral.objects.visible_to(request.user).select_related("area", "coordinator")
    form = ReferralListForm(request.GET, rows=rows, reader=request.user)
    context = {
        "page": form.page_of(rows, request.GET.get("page")),
        "form": form,
        "may": may,
        "finding": FindingAccess(request.user),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "offenders/referral/referrals.html", context)


def referral_figures(request: SignedInRequest) -> HttpResponse:
    """How many referrals of the last year stand where, how soon they were answered, and why some were declined."""
    StartingReferralAccess(request.user).require(StartingReferralAccess.read_figures)
    figures = figures_of(Referral.objects.visible_to(request.user), at=timezone.now())
    context = {
        "figures": figures,
        "acknowledged_in": days_in_words(figures.acknowledged_in),
        "answered_in": days_in_words(figures.answered_in),
    }
    return TemplateResponse(request, "offenders/referral/figures.html", context)


def start_referral(request: SignedInRequest) -> HttpResponse:
    """Begin a referral: who asks, and where he lives."""
    StartingReferralAccess(request.user).require(StartingReferralAccess.start_referral)
    form = StartReferralForm(request.POST or None, by=request.user)
    if form.is_valid():
        with refusals_on(form):
            return redirect(operations.start_referral(by=request.user, at=timezone.now(), **form.cleaned_data))
    return TemplateResponse(request, "offenders/referral/start_referral.html", {"form": form})


def referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """One referral: how it stands, what was answered, which papers are missing, and what happened."""
    record = open_referral(request, reference)
    writer = _writer_of(request, record)
    documents = {
        document.kind: document
        for document in ReferralDocument.objects.visible_to(request.user).filter(referral=record)
    }
    links = ReferrerLink.objects.visible_to(request.user).filter(referral=record).order_by("-sent_at", "-pk")
    events = ReferralEvent.objects.visible_to(request.user).filter(referral=record).select_related("by")
    context = {
        "referral": record,
        "may": ReferralAccess(request.user, record),
        "sections": writer.sections,
        "documents": [(kind, documents.get(kind.value), kind in EXPECTED) for kind in DocumentKind],
        "link": links.first(),
        "events": events.order_by("-at", "-pk"),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "offenders/referral/referral.html", context)


def _writer_of(request: SignedInRequest, record: Referral) -> FormWriter:
    """The form as the coordinator fills it in."""
    rows = SectionAnswers.objects.visible_to(request.user).filter(referral=record).order_by("pk")
    return FormWriter(
        rows=list(rows),
        write=partial(operations.save_section, record, by=request.user),
        address=partial(_section_address, record.reference),
        home=record.get_absolute_url(),
    )


def _section_address(reference: str, section: str, number: int | None = None) -> str:
    if number is None:
        return reverse("offenders:referral_section", args=[reference, section])
    return reverse("offenders:referral_part", args=[reference, section, number])


@taken_from_any_page(ONLY_SAVES)
@allow_repeats(ONLY_SAVES)
def referral_section(request: SignedInRequest, reference: str, section: str) -> HttpResponse:
    """One section of the form."""
    record = open_referral(request, reference)
    ReferralAccess(request.user, record).require(ReferralAccess.work_referral)
    return show_section(request, _writer_of(request, record), section)


@taken_from_any_page(ONLY_SAVES)
@allow_repeats(ONLY_SAVES)
def referral_part(request: SignedInRequest, reference: str, section: str, number: int) -> HttpResponse:
    """One offence, assessment or professional."""
    record = open_referral(request, reference)
    ReferralAccess(request.user, record).require(ReferralAccess.work_referral)
    return show_part(request, _writer_of(request, record), section, number)


@require_POST
def remove_referral_part(request: SignedInRequest, reference: str, section: str, number: int) -> HttpResponse:
    """Take one offence, assessment or professional off the form."""
    record = open_referral(request, reference)
    ReferralAccess(request.user, record).require(ReferralAccess.work_referral)
    kind = section_named(section)
    operations.remove_answers(record, section=kind.name, number=number, by=request.user, at=timezone.now())
    messages.success(request, "It is off the form.")
    return redirect("offenders:referral_section", record.reference, kind.name)


def may_work(request: SignedInRequest, reference: str) -> Referral:
    """The referral, for somebody who works it."""
    record = open_referral(request, reference)
    ReferralAccess(request.user, record).require(ReferralAccess.work_referral)
    return record


def page_of(request: SignedInRequest, template: str, record: Referral, form: Any, **more: Any) -> HttpResponse:
    return TemplateResponse(request, f"offenders/referral/{template}.html", {"referral": record, "form": form, **more})
