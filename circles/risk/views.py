"""Pages of a circle's risk reviews: trend and prompts, one review, a missed one, and how many are done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.circle.opener import open_circle
from circles.instrument.scoring import completion_rate_of
from circles.risk import operations
from circles.risk.access import CompletionAccess, RiskReviewAccess
from circles.risk.comparison import agreed_scores_of, comparison_of, ratings_visible_to
from circles.risk.consensus_operations import answer_prompts
from circles.risk.forms import MissedForm, PromptsForm
from circles.risk.models import RiskReview
from circles.risk.opener import open_risk_review
from circles.risk.operations import raters_of
from circles.risk.rating_views import may_still_score, own_rating_of, saved_scores_of
from circles.risk.trend import (
    domain_totals_of,
    prompt_sentence_of,
    prompts_after,
    prompts_of,
    round_of,
    signed_off_reviews_of,
    total_text_of,
    trend_of,
)
from core.forms import refusals_on
from core.worktime import LONDON

DONE = Q(risk_reviews__status=RiskReview.Status.SIGNED_OFF)


def risk(request: SignedInRequest, reference: str) -> HttpResponse:
    """List a circle's risk reviews. The coordinator and the leads also see the trend and its prompts."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    today = timezone.now().astimezone(LONDON).date()
    reviews = list(RiskReview.objects.visible_to(request.user).filter(circle=circle).order_by("-number"))
    for review in reviews:
        review.circle = circle
    done = signed_off_reviews_of(circle.pk) if may.read_trend else []
    page = {
        "circle": circle,
        "may": may,
        "tab": "reviews",
        "part": "risk",
        "reviews": [(review, review.is_late(today)) for review in reviews],
        "trend": trend_of(done),
        "done": done,
        "latest": done[-1] if done else None,
        "prompts": [prompt_sentence_of(prompt, done[-1].instrument) for prompt in prompts_of(done)],
        "answer": getattr(done[-1], "prompt_answer", None) if done else None,
        "completion": completion_rate_of(*_due_and_done_of(reviews)),
        "counted": _due_and_done_of(reviews),
    }
    return TemplateResponse(request, "circles/risk/risk.html", page)


def _due_and_done_of(reviews: list[RiskReview]) -> tuple[int, int]:
    """How many of these were due by today or are over, and how many of those are signed off."""
    today = timezone.now().astimezone(LONDON).date()
    due = [review for review in reviews if review.due_on <= today or review.status in RiskReview.LIFECYCLE.ends]
    return len(due), sum(review.status == RiskReview.Status.SIGNED_OFF for review in due)


def risk_review(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show one review: who has scored and, once they are opened, the scores side by side."""
    review = open_risk_review(request, reference)
    may = RiskReviewAccess(request.user, review)
    ratings = ratings_visible_to(review, request.user)
    reads_all = may.read_trend or any(rating.rater.user_id == request.user.pk for rating in ratings)
    sent = set(review.ratings.exclude(sent_at=None).values_list("rater", flat=True))
    agreed = agreed_scores_of(review) if reads_all and review.status == RiskReview.Status.SIGNED_OFF else {}
    own = own_rating_of(review, request.user) if may.score else None
    mine = saved_scores_of(own)
    page = {
        "review": review,
        "circle": review.circle,
        "may": may,
        "tab": "reviews",
        "part": "risk",
        "late": review.is_late(timezone.now().astimezone(LONDON).date()),
        "raters": [(member.volunteer.user.first_name, member.volunteer_id in sent) for member in raters_of(review)],
        "comparison": comparison_of(review, ratings, agreed) if ratings else None,
        "total": total_text_of(round_of(review).total) if agreed else "",
        "domains": [(name, total_text_of(summed)) for name, summed in domain_totals_of(review).items()]
        if agreed
        else [],
        "can_score": may.score and may_still_score(review, own),
        "begun": bool(mine),
        "mine": [(item, mine.get(item.pk)) for item in review.instrument.items.all()] if mine and not ratings else [],
    }
    return TemplateResponse(request, "circles/risk/risk_review.html", page)


def risk_missed(request: SignedInRequest, reference: str) -> HttpResponse:
    """Mark a review as missed, with the reason."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.miss)
    form = MissedForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            operations.miss_review(review, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{review.title} is noted as missed.")
            return redirect("circles:risk", review.circle.reference)
    return TemplateResponse(
        request, "circles/risk/risk_missed.html", {"review": review, "circle": review.circle, "form": form}
    )


def risk_prompts(request: SignedInRequest, reference: str) -> HttpResponse:
    """Answer a review's prompts."""
    review = open_risk_review(request, reference)
    RiskReviewAccess(request.user, review).require(RiskReviewAccess.answer_prompts)
    form = PromptsForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            answer_prompts(review, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Your answer is shown beside the trend.")
            return redirect("circles:risk", review.circle.reference)
    prompts = (
        [prompt_sentence_of(prompt, review.instrument) for prompt in prompts_after(review)] if review.prompted else []
    )
    page = {"review": review, "circle": review.circle, "form": form, "prompts": prompts}
    return TemplateResponse(request, "circles/risk/risk_prompts.html", page)


def risk_completion(request: SignedInRequest) -> HttpResponse:
    """List how many of the due reviews are signed off, circle by circle."""
    CompletionAccess(request.user).require(CompletionAccess.see_completion)
    today = timezone.now().astimezone(LONDON).date()
    was_due = Q(risk_reviews__due_on__lte=today) | Q(risk_reviews__status__in=RiskReview.LIFECYCLE.ends)
    circles = Circle.objects.visible_to(request.user).select_related("coordinator")
    annotated: Any = circles.annotate(
        due=Count("risk_reviews", filter=was_due),
        done=Count("risk_reviews", filter=DONE),
        missed=Count("risk_reviews", filter=Q(risk_reviews__status=RiskReview.Status.MISSED)),
    ).order_by("-status", "reference")
    rows = [(circle, completion_rate_of(circle.due, circle.done)) for circle in annotated]
    due, done = sum(circle.due for circle, _ in rows), sum(circle.done for circle, _ in rows)
    page = {"rows": rows, "due": due, "done": done, "rate": completion_rate_of(due, done)}
    return TemplateResponse(request, "circles/risk/risk_completion.html", page)
