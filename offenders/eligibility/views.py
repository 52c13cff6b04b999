"""The pages of the criteria: those of the service, and how one referral meets them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from offenders.core_member.forms import ConfirmForm
from offenders.eligibility import criteria_operations, operations
from offenders.eligibility.access import CriteriaAccess
from offenders.eligibility.forms import (
    BeginScreeningForm,
    CriteriaForm,
    CriterionForm,
    DraftCriteriaForm,
    OverrideForm,
)
from offenders.eligibility.models import CriteriaSet, Criterion, CriterionAnswer, Screening
from offenders.referral.access import ReferralAccess
from offenders.referral.models import Referral
from offenders.referral.opener import open_referral

FORMS = ["GET", "HEAD", "POST"]


def criteria(request: SignedInRequest) -> HttpResponse:
    """The criteria in force of each programme, and the drafts. A manager begins a new version."""
    may = CriteriaAccess(request.user)
    may.require(CriteriaAccess.change_criteria if request.method == "POST" else CriteriaAccess.read_criteria)
    form = DraftCriteriaForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            draft = criteria_operations.draft_criteria(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:criteria_set", draft.pk)
    versions = CriteriaSet.objects.visible_to(request.user).order_by("name", "-version")
    return TemplateResponse(
        request, "offenders/eligibility/criteria.html", {"versions": versions, "form": form, "may": may}
    )


@require_http_methods(FORMS)
@taken_from_any_page("each criterion is added to the others")
def criteria_set(request: SignedInRequest, number: int) -> HttpResponse:
    """One version. A manager adds to a draft."""
    may = CriteriaAccess(request.user)
    may.require(CriteriaAccess.change_criteria if request.method == "POST" else CriteriaAccess.read_criteria)
    version = _version_of(request, number)
    form = CriterionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            criteria_operations.add_criterion(version, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:criteria_set", version.pk)
    rows = Criterion.objects.visible_to(request.user).filter(criteria=version).order_by("pk")
    context = {"version": version, "criteria": rows, "form": form, "may": may}
    return TemplateResponse(request, "offenders/eligibility/criteria_set.html", context)


def _version_of(request: SignedInRequest, number: int) -> CriteriaSet:
    version = only_row_of(CriteriaSet.objects.visible_to(request.user).filter(pk=number))
    if version is None:
        raise NotSeen(CriteriaSet.audit_kind, str(number))
    return version


@require_POST
@taken_from_any_page("a criterion is on the draft or it is off")
def remove_criterion(request: SignedInRequest, number: int) -> HttpResponse:
    """Take one off a draft."""
    CriteriaAccess(request.user).require(CriteriaAccess.change_criteria)
    rows = Criterion.objects.visible_to(request.user).select_related("criteria")
    criterion = only_row_of(rows.filter(pk=number))
    if criterion is None:
        raise NotSeen("criterion", str(number))
    draft = criteria_operations.remove_criterion(criterion, by=request.user, at=timezone.now())
    return redirect("offenders:criteria_set", draft.pk)


@require_http_methods(FORMS)
@taken_from_any_page("a draft is published once")
def publish_criteria(request: SignedInRequest, number: int) -> HttpResponse:
    """From now on referrals are compared with this version."""
    CriteriaAccess(request.user).require(CriteriaAccess.change_criteria)
    version = _version_of(request, number)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            criteria_operations.publish_criteria(version, by=request.user, at=timezone.now())
            messages.success(request, f"Version {version.version} is in force from now on.")
            return redirect("offenders:criteria")
    context = {"version": version, "form": form}
    return TemplateResponse(request, "offenders/eligibility/publish_criteria.html", context)


@require_http_methods(FORMS)
def screening(request: SignedInRequest, reference: str) -> HttpResponse:
    """Compare a referral with the criteria of a programme: choose one, then answer each with its evidence."""
    record = open_referral(request, reference)
    ReferralAccess(request.user, record).require(ReferralAccess.work_referral)
    begun = Screening.objects.visible_to(request.user).select_related("criteria").filter(referral=record).first()
    if begun is None:
        return _begin(request, record)
    rows = CriterionAnswer.objects.visible_to(request.user).filter(screening=begun)
    answers = {answer.criterion_id: answer for answer in rows.select_related("criterion", "overridden_by")}
    listed = Criterion.objects.visible_to(request.user).filter(criteria=begun.criteria_id).order_by("pk")
    form = CriteriaForm(request.POST if request.method == "POST" else None, criteria=listed, answers=answers)
    if form.is_valid():
        with refusals_on(form):
            operations.answer_criteria(record, given=form.given(), by=request.user, at=timezone.now())
            messages.success(request, "The answers are kept.")
            return redirect("offenders:screening", record.reference)
    against = [answer for answer in answers.values() if answer.speaks_against]
    context = {
        "referral": record,
        "screening": begun,
        "form": form,
        "answers": [(criterion, answers.get(criterion.pk)) for criterion in form.criteria],
        "against": against,
        "is_open": record.status == Referral.Status.SCREENING,
        "may": ReferralAccess(request.user, record),
    }
    return TemplateResponse(request, "offenders/eligibility/screening.html", context)


def _begin(request: SignedInRequest, record: Referral) -> HttpResponse:
    form = BeginScreeningForm(request.POST or None, by=request.user)
    if form.is_valid():
        with refusals_on(form):
            operations.begin_screening(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("offenders:screening", record.reference)
    return TemplateResponse(request, "offenders/eligibility/begin_screening.html", {"referral": record, "form": form})


@require_http_methods(FORMS)
def override_criterion(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """A manager decides that a criterion does not stop this referral."""
    record = open_referral(request, reference)
    ReferralAccess(request.user, record).require(ReferralAccess.overrule)
    rows = CriterionAnswer.objects.visible_to(request.user).select_related("criterion", "screening__referral")
    answer = only_row_of(rows.filter(pk=number, screening__referral=record))
    if answer is None:
        raise NotSeen("answer to a criterion", str(number))
    form = OverrideForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.override_criterion(answer, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It does not count against this referral.")
            return redirect("offenders:screening", record.reference)
    context = {"referral": record, "answer": answer, "form": form}
    return TemplateResponse(request, "offenders/eligibility/override.html", context)


@require_http_methods(FORMS)
def pass_screening(request: SignedInRequest, reference: str) -> HttpResponse:
    """It meets the criteria: the assessment begins."""
    record = open_referral(request, reference)
    ReferralAccess(request.user, record).require(ReferralAccess.work_referral)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            operations.pass_screening(record, by=request.user, at=timezone.now())
            messages.success(request, "The assessment begins. The referrer is sent a link to read so.")
            return redirect(record)
    return TemplateResponse(request, "offenders/eligibility/pass.html", {"referral": record, "form": form})
