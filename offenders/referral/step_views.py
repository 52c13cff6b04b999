"""The acts on a referral: send, acknowledge, ask, receive, decline, withdraw, give to another, note a paper, send a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.forms import Form, refusals_on
from core.old_pages import taken_from_any_page
from offenders.core_member.forms import ConfirmForm
from offenders.referral import link_operations, operations, screening_operations
from offenders.referral.document_models import EXPECTED, ReferralDocument
from offenders.referral.forms import (
    AskForm,
    DeclineForm,
    DocumentForm,
    HandOverForm,
    ReferrerForm,
    WithdrawReferralForm,
)
from offenders.referral.models import Referral
from offenders.referral.views import may_work, page_of

FORMS = ["GET", "HEAD", "POST"]


def _do(
    request: SignedInRequest,
    record: Referral,
    form: Form,
    template: str,
    operation: Callable[..., object],
    told: str,
    **more: Any,
) -> HttpResponse:
    """Show the form; do what it says and lead back to the referral."""
    if form.is_valid():
        with refusals_on(form):
            operation(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, told)
            return redirect(record)
    return page_of(request, template, record, form, **more)


@require_http_methods(FORMS)
def submit_referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """Send the form that the coordinator filled in, if nothing that is needed is missing."""
    record = may_work(request, reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _do(
        request, record, form, "submit", operations.submit_referral, "Sent. Acknowledge it within two working days."
    )


@require_http_methods(FORMS)
def acknowledge_referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say that it was received; the screening begins."""
    record = may_work(request, reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    done = screening_operations.acknowledge_referral
    return _do(request, record, form, "acknowledge", done, "Acknowledged. The referrer is sent a link to follow it.")


@require_http_methods(FORMS)
def ask_for_information(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask the referrer for something that is missing."""
    record = may_work(request, reference)
    done = screening_operations.ask_for_information
    noted = ReferralDocument.objects.visible_to(request.user).filter(referral=record)
    kinds = set(noted.values_list("kind", flat=True))
    missing = [kind.label for kind in EXPECTED if kind not in kinds]
    first = f"Please send us: {'; '.join(missing)}." if missing else ""
    form = AskForm(request.POST or None, initial={"asked_for": first}, at=timezone.now())
    return _do(request, record, form, "ask", done, "Asked. The ten days stand still until it comes.")


@require_http_methods(FORMS)
def receive_information(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was asked for came another way than through the link."""
    record = may_work(request, reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _do(request, record, form, "receive", screening_operations.receive_information, "The screening goes on.")


@require_http_methods(FORMS)
def decline_referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """Decline it for a reason that the referrer reads in neutral words."""
    record = may_work(request, reference)
    form = DeclineForm(request.POST or None)
    done = screening_operations.decline_referral
    return _do(request, record, form, "decline", done, "Declined. The referrer is sent a link to the reason.")


@require_http_methods(FORMS)
def withdraw_referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """The referrer or he himself does not wish it any more."""
    record = may_work(request, reference)
    form = WithdrawReferralForm(request.POST or None)
    return _do(request, record, form, "withdraw", screening_operations.withdraw_referral, "Withdrawn.")


@require_http_methods(FORMS)
def change_referrer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put right who refers him and where he lives."""
    record = may_work(request, reference)
    first = {name: getattr(record, name) for name in ReferrerForm.base_fields}
    form = ReferrerForm(request.POST or None, initial=first)
    return _do(request, record, form, "change_referrer", operations.change_referrer, "It is put right.")


@require_http_methods(FORMS)
def hand_referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """Another coordinator takes it over."""
    record = may_work(request, reference)
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.hand_referral_to(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is with them now, and they are told.")
            return redirect("offenders:referrals")
    return page_of(request, "hand_over", record, form)


@require_http_methods(FORMS)
@taken_from_any_page("each note on a paper says which paper it is")
def note_document(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write down that a paper came, or that there is none."""
    record = may_work(request, reference)
    noted = ReferralDocument.objects.visible_to(request.user).filter(referral=record).order_by("kind")
    kind = request.GET.get("kind")
    known = noted.filter(kind=kind).values(*DocumentForm.base_fields).first() if kind else None
    form = DocumentForm(request.POST or None, initial=known, at=timezone.now())
    done = screening_operations.note_document
    return _do(request, record, form, "note_document", done, "It is on the list.", documents=noted)


@require_http_methods(FORMS)
@taken_from_any_page("a new link replaces the one before")
def send_referrer_link(request: SignedInRequest, reference: str) -> HttpResponse:
    """Send the referrer a link to her secure address."""
    record = may_work(request, reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _do(
        request, record, form, "send_link", link_operations.send_referrer_link, "Sent. It works for fourteen days."
    )
