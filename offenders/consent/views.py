"""Pages: his consent, to record and to withdraw it, the sheet to print, and the text a manager publishes."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.worktime import LONDON
from offenders.consent import operations
from offenders.consent.access import ConsentTextAccess
from offenders.consent.forms import ConsentForm, PublishTextForm, WithdrawForm
from offenders.consent.models import Consent, ConsentText
from offenders.core_member.access import CoreMemberAccess
from offenders.core_member.opener import open_core_member


def _today() -> date:
    return timezone.now().astimezone(LONDON).date()


def _text_in_force(request: SignedInRequest) -> ConsentText | None:
    return ConsentText.objects.visible_to(request.user).in_force(_today())


def consent(request: SignedInRequest, reference: str) -> HttpResponse:
    """What he has agreed to, what he has withdrawn, and the text in force."""
    record = open_core_member(request, reference)
    consents = list(
        Consent.objects.visible_to(request.user)
        .filter(core_member=record)
        .select_related("text", "recorded_by", "withdrawn_by")
        .order_by("-given_on", "-pk")
    )
    text = _text_in_force(request)
    standing = [each for each in consents if each.withdrawn_at is None]
    context = {
        "core_member": record,
        "tab": "consent",
        "may": CoreMemberAccess(request.user, record),
        "consents": consents,
        "standing": standing,
        "text": text,
        "can_record": text is not None and not any(each.text_id == text.pk for each in standing),
    }
    return TemplateResponse(request, "offenders/consent/consent.html", context)


@taken_from_any_page("a consent is added to the others")
def record_consent(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that he agreed to the text in force."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    text = _text_in_force(request)
    form = ConsentForm(request.POST or None, at=timezone.now(), initial={"version": text.version if text else None})
    if form.is_valid():
        with refusals_on(form):
            operations.record_consent(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:consent", record.reference)
    context = {"core_member": record, "form": form, "text": text}
    return TemplateResponse(request, "offenders/consent/record_consent.html", context)


@taken_from_any_page("it is refused where no consent stands any more")
def withdraw_consent(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that he takes part no longer."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    stands = Consent.objects.visible_to(request.user).standing().filter(core_member=record).exists()
    form = WithdrawForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.withdraw_consent(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(
                request, "It is written down. Tell his practitioner, and say in the circle what happens now."
            )
            return redirect("offenders:consent", record.reference)
    context = {"core_member": record, "form": form, "stands": stands}
    return TemplateResponse(request, "offenders/consent/withdraw_consent.html", context)


def consent_sheet(request: SignedInRequest, reference: str) -> HttpResponse:
    """The text in easy words and in full, to print, go through with him and sign. He keeps a copy."""
    record = open_core_member(request, reference)
    CoreMemberAccess(request.user, record).require(CoreMemberAccess.change)
    text = _text_in_force(request)
    sentences = text.easy_words.splitlines() if text else []
    context = {"core_member": record, "text": text, "sentences": sentences}
    return TemplateResponse(request, "offenders/consent/consent_sheet.html", context)


def publish_consent_text(request: SignedInRequest) -> HttpResponse:
    """Publish the next version of the text that core members agree to."""
    ConsentTextAccess(request.user).require(ConsentTextAccess.publish_consent_text)
    text = _text_in_force(request)
    first = {"words": text.words, "easy_words": text.easy_words} if text else {}
    form = PublishTextForm(request.POST or None, initial=first)
    if form.is_valid():
        with refusals_on(form):
            published = operations.publish_consent_text(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Version {published.version} is in force from today.")
            return redirect("offenders:core_members")
    return TemplateResponse(request, "offenders/consent/publish_consent_text.html", {"form": form, "text": text})
