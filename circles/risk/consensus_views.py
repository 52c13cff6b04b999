"""Pages on which the coordinator opens the scores, agrees one for each item, and signs off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from circles.circle.forms import ConfirmForm
from circles.risk.access import RiskReviewAccess
from circles.risk.comparison import agreed_scores_of, comparison_of, ratings_visible_to, unanimous_scores_of
from circles.risk.consensus_operations import open_consensus, save_agreed_scores, sign_off_review
from circles.risk.models import RiskReview
from circles.risk.opener import open_risk_review
from circles.risk.operations import lock_review, raters_of
from circles.risk.rating_forms import ItemsForm
from circles.risk.trend import round_of, total_text_of
from core.errors import Refused
from core.forms import refusals_on
from core.templatetags.ui import clock


def risk_open(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask whether to open the scores early, naming who has not sent theirs."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.agree)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            open_consensus(review, by=request.user, at=timezone.now())
            return redirect("circles:risk_consensus", reference)
    sent = set(review.ratings.exclude(sent_at=None).values_list("rater", flat=True))
    waiting = [member for member in raters_of(review) if member.volunteer_id not in sent]
    page = {"review": review, "circle": review.circle, "form": form, "waiting": waiting}
    return TemplateResponse(request, "circles/risk/risk_open.html", page)


@allow_repeats("it only saves, and compares what the page loaded")
def risk_consensus(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show everybody's scores on each item beside the agreed one, which is saved as it is filled in."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.agree)
    if review.status != RiskReview.Status.COMPLETE:
        return redirect(review)
    if request.method == "POST":
        lock_review(review)
    agreed, ratings = agreed_scores_of(review), ratings_visible_to(review, request.user)
    items = review.instrument.items.all()
    form = ItemsForm(
        request.POST if request.method == "POST" else None,
        items=items,
        instrument=review.instrument,
        saved_scores=unanimous_scores_of(items, ratings) | agreed,
    )
    if form.is_valid():
        with refusals_on(form):
            save_agreed_scores(review, answers=form.answers(), page=form.page, by=request.user, at=timezone.now())
            return redirect("circles:risk_sign_off", reference)
    comparison = comparison_of(review, ratings, agreed)
    sides = {side.item.pk: side for _, domain_sides in comparison.domains for side in domain_sides}
    page = {
        "review": review,
        "circle": review.circle,
        "instrument": review.instrument,
        "form": form,
        "rows": [(row, sides[row.item.pk]) for row in form.rows],
        "raters": comparison.raters,
    }
    return TemplateResponse(request, "circles/risk/risk_consensus.html", page)


@allow_repeats("it only saves, and compares what the page loaded")
@require_POST
def risk_consensus_autosave(request: SignedInRequest, reference: str) -> JsonResponse:
    """Save the agreed scores sent so far. Answers with the time, or 409 with the reason if it cannot."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.agree)
    lock_review(review)
    items = review.instrument.items.all()
    saved = unanimous_scores_of(items, ratings_visible_to(review, request.user)) | agreed_scores_of(review)
    form = ItemsForm(request.POST, items=items, instrument=review.instrument, saved_scores=saved)
    form.is_valid()
    try:
        save_agreed_scores(review, answers=form.answers(), page=form.page, by=request.user, at=timezone.now())
    except Refused as refused:
        return JsonResponse({"problem": refused.message}, status=409)
    if form.not_kept:
        return JsonResponse({"problem": form.not_kept}, status=409)
    return JsonResponse({"saved": clock(timezone.now())})


def risk_sign_off(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the agreed scores once more, then sign them off, which locks them."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.agree)
    if review.status != RiskReview.Status.COMPLETE:
        return redirect(review)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            sign_off_review(review, by=request.user, at=timezone.now())
            messages.success(request, f"{review.title} is signed off and locked.")
            return redirect("circles:risk", review.circle.reference)
    comparison = comparison_of(review, ratings_visible_to(review, request.user), agreed_scores_of(review))
    page = {
        "review": review,
        "circle": review.circle,
        "form": form,
        "comparison": comparison,
        "total": total_text_of(round_of(review).total),
    }
    return TemplateResponse(request, "circles/risk/risk_sign_off.html", page)
