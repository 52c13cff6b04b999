"""Pages on which a volunteer scores a risk review: a page for each domain, saved as one goes, then sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.views.submitted import allow_repeats
from circles.circle.forms import ConfirmForm
from circles.risk.access import RiskReviewAccess
from circles.risk.models import RiskReview
from circles.risk.opener import find_risk_review, open_risk_review
from circles.risk.operations import lock_review
from circles.risk.rating_forms import ItemsForm
from circles.risk.rating_models import RiskRating, RiskScore
from circles.risk.rating_operations import save_rating, send_rating
from core.errors import NotSeen, Refused
from core.forms import refusals_on
from core.templatetags.ui import clock


def risk_score(request: SignedInRequest, reference: str) -> HttpResponse:
    """Go to the first page that lacks an answer; if none does, to the page that sends the scores."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.score)
    rating = own_rating_of(review, request.user)
    if not may_still_score(review, rating):
        return redirect(review)
    unfinished = _unfinished_pages_of(review, rating)
    if not unfinished:
        return redirect("circles:risk_send", reference)
    return redirect("circles:risk_score_page", reference, unfinished[0])


@allow_repeats("it only saves, and compares what the page loaded")
def risk_score_page(request: SignedInRequest, reference: str, page: int) -> HttpResponse:
    """Score one domain. “Continue” saves and goes on; missing answers are asked for at the end."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.score)
    domains = review.instrument.by_domain()
    if not 1 <= page <= len(domains):
        raise NotSeen("page of the risk review", f"{reference}/{page}")
    if request.method == "POST":
        lock_review(review)
    rating = own_rating_of(review, request.user)
    if request.method != "POST" and not may_still_score(review, rating):
        return redirect(review)
    items = domains[page - 1][1]
    data = request.POST if request.method == "POST" else None
    form = ItemsForm(data, items=items, instrument=review.instrument, saved_scores=saved_scores_of(rating))
    if form.is_valid():
        with refusals_on(form):
            save_rating(review, answers=form.answers(), page=form.page, by=request.user, at=timezone.now())
            return _redirect_after_page(request, review, page)
    return TemplateResponse(request, "circles/risk/risk_score.html", _scoring_context_of(review, rating, form, page))


def risk_send(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show all the scores once more with what is missing, then send them."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.score)
    rating = own_rating_of(review, request.user)
    if not may_still_score(review, rating):
        return redirect(review)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            send_rating(review, by=request.user, at=timezone.now())
            messages.success(request, "Sent. The others’ scores are shown when everybody has sent theirs.")
            return redirect(review)
    saved = saved_scores_of(rating)
    pages = [
        (number, domain, [(item, saved.get(item.pk)) for item in items])
        for number, (domain, items) in enumerate(review.instrument.by_domain(), start=1)
    ]
    context = _scoring_context_of(review, rating, form, len(pages)) | {
        "domains": pages,
        "lacking": _unfinished_pages_of(review, rating),
    }
    return TemplateResponse(request, "circles/risk/risk_send.html", context)


@allow_repeats("it only saves, and compares what the page loaded")
@require_POST
def risk_autosave(request: SignedInRequest, reference: str) -> JsonResponse:
    """Save the scores sent so far, of any page. Answers with the time, or 409 with the reason if it cannot."""
    review = find_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.score)
    lock_review(review)
    saved = saved_scores_of(own_rating_of(review, request.user))
    form = ItemsForm(
        request.POST, items=review.instrument.items.all(), instrument=review.instrument, saved_scores=saved
    )
    form.is_valid()
    try:
        save_rating(review, answers=form.answers(), page=form.page, by=request.user, at=timezone.now())
    except Refused as refused:
        return JsonResponse({"problem": refused.message}, status=409)
    if form.not_kept:
        return JsonResponse({"problem": form.not_kept}, status=409)
    return JsonResponse({"saved": clock(timezone.now())})


def own_rating_of(review: RiskReview, user: User) -> RiskRating | None:
    """This volunteer's own rating of a review, sent or not."""
    ratings = RiskRating.objects.visible_to(user).filter(review=review, rater__user=user)
    return ratings.prefetch_related("scores").first()


def saved_scores_of(rating: RiskRating | None) -> dict[int, RiskScore]:
    """The scores of a rating so far, by item. Empty without a rating."""
    return {score.item_id: score for score in rating.scores.all()} if rating else {}


def may_still_score(review: RiskReview, rating: RiskRating | None) -> bool:
    """Whether the review takes scores and this person has not sent theirs."""
    return review.takes_scores and (rating is None or rating.sent_at is None)


def _unfinished_pages_of(review: RiskReview, rating: RiskRating | None) -> list[int]:
    """The numbers of the pages with an item that is not answered yet."""
    answered = {item for item, score in saved_scores_of(rating).items() if score.is_answered}
    return [
        number
        for number, (_, items) in enumerate(review.instrument.by_domain(), start=1)
        if any(item.pk not in answered for item in items)
    ]


def _redirect_after_page(request: SignedInRequest, review: RiskReview, page: int) -> HttpResponse:
    """Go to the next page, or to the check: after the last page, and for somebody who came from the check."""
    if page == len(review.instrument.by_domain()) or request.GET.get("then") == "check":
        return redirect("circles:risk_send", review.reference)
    return redirect("circles:risk_score_page", review.reference, page + 1)


def _scoring_context_of(review: RiskReview, rating: RiskRating | None, form: Any, page: int) -> dict[str, Any]:
    """The context of every scoring page."""
    domains = review.instrument.by_domain()
    return {
        "review": review,
        "circle": review.circle,
        "instrument": review.instrument,
        "rating": rating,
        "form": form,
        "page": page,
        "pages": [number for number, _ in enumerate(domains, start=1)],
        "heading": domains[page - 1][0],
    }
