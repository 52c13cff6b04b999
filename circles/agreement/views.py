"""Pages: read and sign the agreement, record his signature, publish a new text, record the briefing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.agreement import operations
from circles.agreement.forms import BriefingForm, HisSignatureForm, PublishForm, SignForm
from circles.agreement.models import Agreement, Signature
from circles.circle.access import CircleAccess, RegisterAccess
from circles.circle.opener import open_circle
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.worktime import LONDON


def _agreement_in_force(request: SignedInRequest) -> Agreement | None:
    """The version that every circle signs today, if any."""
    return Agreement.objects.visible_to(request.user).in_force(timezone.now().astimezone(LONDON).date())


def agreement(request: SignedInRequest, reference: str) -> HttpResponse:
    """The text in force, who has signed it, and whether this person can sign."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    text = _agreement_in_force(request)
    seen = Signature.objects.visible_to(request.user).filter(circle=circle, agreement=text)
    signatures = list(seen.select_related("person").order_by("signed_on", "pk"))
    has_signed = any(signature.person_id == request.user.pk for signature in signatures)
    he_has_signed = any(signature.signed_as == Signature.As.CORE_MEMBER for signature in signatures)
    shown = {
        "circle": circle,
        "may": may,
        "tab": "people",
        "part": "agreement",
        "agreement": text,
        "signatures": signatures,
        "can_sign": text is not None and may.sign and not has_signed and not circle.is_over,
        "can_write_his": text is not None and may.prepare and not he_has_signed and not circle.is_over,
    }
    return TemplateResponse(request, "circles/agreement/agreement.html", shown)


@taken_from_any_page("a signature is added to the others")
def sign(request: SignedInRequest, reference: str) -> HttpResponse:
    """Sign the agreement with one button, “I agree”."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.sign)
    form = SignForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.sign_agreement(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "You have signed the agreement.")
            return redirect("circles:agreement", circle.reference)
    text = _agreement_in_force(request)
    return TemplateResponse(request, "circles/agreement/sign.html", {"circle": circle, "form": form, "agreement": text})


@taken_from_any_page("a signature is added to the others")
def record_his_signature(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record when the core member signed on paper."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.prepare)
    form = HisSignatureForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.record_his_signature(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:agreement", circle.reference)
    return TemplateResponse(request, "circles/agreement/record_his_signature.html", {"circle": circle, "form": form})


@taken_from_any_page("a briefing is added, and replaces none")
def record_briefing(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that police and probation briefed the volunteers."""
    circle = open_circle(request, reference)
    CircleAccess(request.user, circle).require(CircleAccess.prepare)
    form = BriefingForm(request.POST or None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            operations.record_briefing(circle, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:still_to_do", circle.reference)
    return TemplateResponse(request, "circles/agreement/record_briefing.html", {"circle": circle, "form": form})


def publish_agreement(request: SignedInRequest) -> HttpResponse:
    """Publish the next version of the text that every circle signs."""
    RegisterAccess(request.user).require(RegisterAccess.publish_agreement)
    text = Agreement.objects.visible_to(request.user).in_force(timezone.now().astimezone(LONDON).date())
    form = PublishForm(request.POST or None, initial={"words": text.words if text else ""})
    if form.is_valid():
        with refusals_on(form):
            new_version = operations.publish_agreement(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Version {new_version.version} is in force from today.")
            return redirect("circles:circles")
    return TemplateResponse(request, "circles/agreement/publish_agreement.html", {"form": form, "agreement": text})
