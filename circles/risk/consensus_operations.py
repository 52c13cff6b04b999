"""The coordinator opens the scores, agrees one for each item, signs off, and answers the prompts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.risk.access import RiskReviewAccess
from circles.risk.models import PromptAnswer, RiskAgreed, RiskReview
from circles.risk.operations import lock_review
from circles.risk.rating_operations import ItemAnswer, check_answers, reveal_scores, save_answer, unanswered_numbers_of
from circles.risk.trend import prompts_after
from core.errors import Refused


@transaction.atomic
def open_consensus(review: RiskReview, *, by: User, at: datetime) -> RiskReview:
    """Open the scores early. Scores that are not sent yet are left out."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.agree)
    if not review.ratings.exclude(sent_at=None).exists():
        raise Refused("Nobody has sent their scores yet. Ask the volunteers, or say that this review was missed.")
    reveal_scores(review, by=by, at=at, note="Opened before everybody had scored.")
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="scores opened")
    return review


def _lock_for_agreement(review: RiskReview, *, by: User) -> RiskReview:
    """Lock the review, and check that this person may agree its scores now.

    Raises Refused while scores are still coming in, and after sign-off.
    """
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
def save_agreed_scores(
    review: RiskReview, *, answers: Mapping[str, ItemAnswer], by: User, at: datetime, page: str = ""
) -> RiskReview:
    """Save the scores agreed so far, by item key; other items are not touched.

    `page` identifies the open page, so that a second device's changes are recognised.
    """
    review = _lock_for_agreement(review, by=by)
    saved = {agreed.item.key: agreed for agreed in review.agreed.select_related("item")}
    for item in review.instrument.items.filter(key__in=check_answers(review, answers)):
        save_answer(saved.get(item.key) or RiskAgreed(review=review, item=item), answers[item.key], page=page)
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="scores agreed")
    return review


@transaction.atomic
def sign_off_review(review: RiskReview, *, by: User, at: datetime) -> RiskReview:
    """Sign the agreed scores off, and note whether they prompt. The database then locks the review."""
    review = _lock_for_agreement(review, by=by)
    missing = unanswered_numbers_of(review, {agreed.item_id for agreed in review.agreed.all() if agreed.is_answered})
    if missing:
        raise Refused(
            f"{len(missing)} not agreed yet: number {missing[0]} first. Agree a score, or “Not enough information”."
        )
    review.signed_off_at, review.signed_off_by = at, by
    review.prompted = bool(prompts_after(review))
    review.move(RiskReview.Status.SIGNED_OFF, by=by, at=at)
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="signed off")
    return review


@transaction.atomic
def answer_prompts(review: RiskReview, *, words: str, by: User, at: datetime) -> PromptAnswer:
    """Save the coordinator's answer to the prompts. It changes nothing else."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.answer_prompts)
    if not review.prompted:
        raise Refused("This review has no prompts to answer.")
    if PromptAnswer.objects.filter(review=review).exists():
        raise Refused("These prompts have been answered already. Open the risk page again to read the answer.")
    if not words.strip():
        raise Refused("Write what you make of it, even if that is that nothing more is needed.", field="words")
    answer = PromptAnswer.objects.create(review=review, words=words.strip(), answered_at=at, answered_by=by)
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="prompts answered")
    return answer
