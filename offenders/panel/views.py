"""The pages of the assessment and the panel, for whoever works the referral."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.forms import Form, refusals_as_messages, refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from offenders.core_member.access import AcceptingAccess
from offenders.core_member.forms import ConfirmForm
from offenders.panel import decision_operations, operations
from offenders.panel.forms import AcceptReferralForm, AppealForm, DeferForm, SeatForm, SignOffForm, VolunteerRiskForm
from offenders.panel.guards import TO_ACCEPT, TO_PANEL, PanelFacts, lacks_of
from offenders.panel.models import PanelDecision, Seat
from offenders.referral.access import ReferralAccess
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral
from offenders.referral.opener import open_referral
from offenders.referral.views import may_work

FORMS = ["GET", "HEAD", "POST"]
BEFORE_PANEL = (Referral.Status.ASSESSING,)
ASSESSED_IN = (Referral.Status.ASSESSING, Referral.Status.PANEL)


def assessment(request: SignedInRequest, reference: str) -> HttpResponse:
    """The sign-offs, the risk to volunteers, the panel with its views, and what is still missing."""
    record = may_work(request, reference)
    facts = PanelFacts(record)
    takes_assessments = record.status in ASSESSED_IN
    decisions = PanelDecision.objects.visible_to(request.user).filter(referral=record).select_related("decided_by")
    guards = TO_PANEL if record.status in BEFORE_PANEL else TO_ACCEPT
    context = {
        "referral": record,
        "facts": facts,
        "risks": facts.risks_shown_to(request.user),
        "may_sign_off": takes_assessments and request.user not in {each.signed_by for each in facts.sign_offs},
        "may_assess": takes_assessments and request.user not in {each.assessed_by for each in facts.risks},
        "decisions": decisions.order_by("-pk"),
        "lacks": [] if record.is_over else lacks_of(facts, guards),
        "accepting": AcceptingAccess(request.user),
    }
    return TemplateResponse(request, "offenders/panel/assessment.html", context)


def _do(
    request: SignedInRequest,
    record: Referral,
    form: Form,
    template: str,
    operation: Callable[..., object],
    told: str,
) -> HttpResponse:
    """Show the form; do what it says and lead back to the assessment."""
    if form.is_valid():
        with refusals_on(form):
            operation(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, told)
            return redirect("offenders:assessment", record.reference)
    return TemplateResponse(request, f"offenders/panel/{template}.html", {"referral": record, "form": form})


@require_http_methods(FORMS)
@taken_from_any_page("each sign-off stands beside the others")
def sign_off(request: SignedInRequest, reference: str) -> HttpResponse:
    """Stand for the assessment."""
    record, form = may_work(request, reference), SignOffForm(request.POST or None)
    return _do(request, record, form, "sign_off", operations.sign_off_assessment, "You have signed it off.")


@require_http_methods(FORMS)
@taken_from_any_page("each assessment of the risk stands beside the others")
def assess_volunteer_risk(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say how great the risk to volunteers is."""
    record, form = may_work(request, reference), VolunteerRiskForm(request.POST or None)
    return _do(request, record, form, "volunteer_risk", operations.assess_volunteer_risk, "It is kept.")


@require_http_methods(FORMS)
def complete_assessment(request: SignedInRequest, reference: str) -> HttpResponse:
    """Give it to the panel."""
    record = may_work(request, reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _do(request, record, form, "complete", operations.complete_assessment, "The panel has it, and is told.")


@require_http_methods(FORMS)
@taken_from_any_page("each person is asked by name")
def seat_member(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask somebody onto the panel."""
    record, form = may_work(request, reference), SeatForm(request.POST or None)
    return _do(request, record, form, "seat_member", operations.seat_member, "They are on the panel.")


@require_POST
@taken_from_any_page("somebody is on the panel or off it")
def end_seat(request: SignedInRequest, reference: str, seat: str) -> HttpResponse:
    """Take somebody off the panel."""
    record = may_work(request, reference)
    row = only_row_of(Seat.objects.visible_to(request.user).filter(referral=record, reference=seat))
    if row is None:
        raise NotSeen(Seat.audit_kind, seat)
    with refusals_as_messages(request):
        operations.end_seat(row, by=request.user, at=timezone.now())
    return redirect("offenders:assessment", record.reference)


@require_http_methods(FORMS)
def defer_referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """The panel decides later."""
    record, form = may_work(request, reference), DeferForm(request.POST or None, at=timezone.now())
    return _do(request, record, form, "defer", decision_operations.defer_referral, "Deferred.")


@require_http_methods(FORMS)
def resume_referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """The panel looks at it again."""
    record = may_work(request, reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _do(request, record, form, "resume", decision_operations.resume_referral, "The panel has it again.")


@require_http_methods(FORMS)
def accept_referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """The panel accepts him: he becomes a core member."""
    record = may_work(request, reference)
    AcceptingAccess(request.user).require(AcceptingAccess.accept_core_member)
    form = AcceptReferralForm(request.POST or None, initial=_mappa_of(request, record))
    if form.is_valid():
        with refusals_on(form):
            core_member = decision_operations.accept_referral(
                record, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(
                request,
                "He is accepted. The referrer is sent a link to read so. What the referral says of him is copied below: "
                "check it with whoever manages him. His referral says what could not be copied.",
            )
            return redirect(core_member)
    return TemplateResponse(request, "offenders/panel/accept.html", {"referral": record, "form": form})


def _mappa_of(request: SignedInRequest, record: Referral) -> dict[str, Any]:
    """How MAPPA manages him, as the form of the referral says."""
    rows = SectionAnswers.objects.visible_to(request.user).filter(referral=record, section="mappa")
    return next(iter(rows.values_list("answers", flat=True)), {})


@require_http_methods(FORMS)
def uphold_appeal(request: SignedInRequest, reference: str) -> HttpResponse:
    """A manager upholds an appeal."""
    record = open_referral(request, reference)
    ReferralAccess(request.user, record).require(ReferralAccess.overrule)
    form = AppealForm(request.POST or None)
    return _do(request, record, form, "appeal", decision_operations.uphold_appeal, "It is looked at again.")
