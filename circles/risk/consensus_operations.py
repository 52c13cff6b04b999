"""The coordinator's round: opening the scores, agreeing one for each item, signing off, answering prompts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from circles.risk.access import RiskReviewAccess
from circles.risk.models import PromptAnswer, RiskAgreed, RiskReview
from circles.risk.operations import lock_review
from circles.risk.rating_operations import Given, checked, keep, not_answered, reveal
from circles.risk.trend import prompts_after
from core.errors import Refused


@transaction.atomic
def open_consensus(review: RiskReview, *, by: User, at: datetime) -> RiskReview:
    """Open the scores that were sent before everybody has; scores not yet sent are left out."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.agree)
    if not review.ratings.exclude(sent_at=None).exists():
        raise Refused("Nobody has sent their scores yet. Ask the volunteers, or say that this review was missed.")
    reveal(review, by=by, at=at, note="Opened before everybody had scored.")
    recorded(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="scores opened")
    return review


def open_for_agreement(review: RiskReview, *, by: User) -> RiskReview:
    """The review, locked, its scores in and not yet signed off, for somebody who may agree it."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.agree)
    if review.status != RiskReview.Status.COMPLETE:
        raise Refused(
            "This review is signed off and locked."
            if review.status == RiskReview.Status.SIGNED_OFF
            else "Scores are still coming in. Open them first."
        )
    return review


@transaction.atomic
def save_agreed(
    review: RiskReview, *, answers: Mapping[str, Given], by: User, at: datetime, page: str = ""
) -> RiskReview:
    """Keep what has been agreed so far, by item, and from which page; only the items given are touched."""
    review = open_for_agreement(review, by=by)
    kept = {agreed.item.key: agreed for agreed in review.agreed.select_related("item")}
    for item in review.instrument.items.filter(key__in=checked(review, answers)):
        keep(kept.get(item.key) or RiskAgreed(review=review, item=item), answers[item.key], page=page)
    recorded(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="scores agreed")
    return review


@transaction.atomic
def sign_off_review(review: RiskReview, *, by: User, at: datetime) -> RiskReview:
    """Sign the agreed scores off, which locks the round in the database, and note whether they prompt."""
    review = open_for_agreement(review, by=by)
    missing = not_answered(review, {agreed.item_id for agreed in review.agreed.all() if agreed.is_answered})
    if missing:
        raise Refused(
            f"{len(missing)} not agreed yet: number {missing[0]} first. Agree a score, or “Not enough information”."
        )
    review.signed_off_at, review.signed_off_by = at, by
    review.prompted = bool(prompts_after(review))
    review.move(RiskReview.Status.SIGNED_OFF, by=by, at=at)
    recorded(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="signed off")
    return review


@transaction.atomic
def answer_prompts(review: RiskReview, *, words: str, by: User, at: datetime) -> PromptAnswer:
    """Write down what the coordinator makes of the prompts; nothing follows by itself."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.answer_prompts)
    if not review.prompted:
        raise Refused("This review prompts nothing.")
    if PromptAnswer.objects.filter(review=review).exists():
        raise Refused("These prompts have been answered already. Open the risk page again to read the answer.")
    if not words.strip():
        raise Refused("Write what you make of it, even if that is that nothing more is needed.", field="words")
    answer = PromptAnswer.objects.create(review=review, words=words.strip(), answered_at=at, answered_by=by)
    recorded(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="prompts answered")
    return answer
