"""Volunteers score a risk review, each alone. When the last one sends, the scores open for all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.telling import coordinators_now
from circles.instrument.models import HIGHEST, LOWEST, Scored
from circles.minutes.models import LONGEST_ANSWER
from circles.risk.access import RiskReviewAccess
from circles.risk.models import RiskReview
from circles.risk.operations import lock_review, raters_of, tell_about_review
from circles.risk.rating_models import RiskRating, RiskScore
from core.errors import Refused
from volunteers.volunteer.models import Volunteer


class ItemAnswer(NamedTuple):
    """One answer: a score from 0 to 6, or “not enough information”, with a comment."""

    score: int | None
    not_known: bool
    comment: str


def _lock_for_scoring(review: RiskReview, *, by: User) -> RiskReview:
    """Lock the review, and check that this person may still score it. Raises Refused when scoring is closed."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.score)
    if not review.takes_scores:
        raise Refused("This review takes no more scores. Tell the coordinator what you would have said.")
    return review


@transaction.atomic
def save_rating(
    review: RiskReview, *, answers: Mapping[str, ItemAnswer], by: User, at: datetime, page: str = ""
) -> RiskRating:
    """Save what this volunteer has scored so far, by item key; other items are not touched.

    `page` identifies the open page, so that a second device's changes are recognised.
    """
    review = _lock_for_scoring(review, by=by)
    rater = Volunteer.objects.get(user=by)
    rating = RiskRating.objects.filter(review=review, rater=rater).first()
    if rating is None:
        rating = RiskRating.objects.create(review=review, rater=rater, begun_at=at, saved_at=at)
        write_entry(Act.COLLECTED, review, by=by, at=at, within=review.circle.reference)
    if rating.sent_at is not None:
        raise Refused("You have sent your scores. Tell the coordinator what you would change.")
    if review.status == RiskReview.Status.DUE:
        review.move(RiskReview.Status.IN_PROGRESS, by=by, at=at)
    saved = {score.item.key: score for score in rating.scores.select_related("item")}
    for item in review.instrument.items.filter(key__in=check_answers(review, answers)):
        save_answer(saved.get(item.key) or RiskScore(rating=rating, item=item), answers[item.key], page=page)
    rating.saved_at = at
    rating.save(update_fields=["saved_at"])
    return rating


def check_answers(review: RiskReview, answers: Mapping[str, ItemAnswer]) -> Mapping[str, ItemAnswer]:
    """Check that each answer is to an item of this review and on the scale. Returns them, or raises ValueError."""
    keys = {item.key for item in review.instrument.items.all()}
    for key, given in answers.items():
        on_scale = given.score is None or (LOWEST <= given.score <= HIGHEST and not given.not_known)
        if key not in keys or not on_scale or len(given.comment) > LONGEST_ANSWER:
            raise ValueError(f"no answer to an item of this instrument: {key}")
    return answers


def save_answer(scored: Scored, given: ItemAnswer, *, page: str) -> None:
    """Save an answer if it changed, and from which page each part of it came."""
    if scored.pk is not None and given == (scored.score, scored.not_known, scored.comment):
        return
    if given[:2] != (scored.score, scored.not_known):
        scored.score_from = page
    if given.comment != scored.comment:
        scored.comment_from = page
    scored.score, scored.not_known, scored.comment = given
    scored.save()


def unanswered_numbers_of(review: RiskReview, answered: set[int]) -> list[int]:
    """The numbers of the items that are not in `answered`, which holds their primary keys."""
    return [item.number for item in review.instrument.items.all() if item.pk not in answered]


@transaction.atomic
def send_rating(review: RiskReview, *, by: User, at: datetime) -> RiskRating:
    """Send this volunteer's scores, which locks them. When everybody has sent, the scores open to the raters."""
    review = _lock_for_scoring(review, by=by)
    rating = RiskRating.objects.filter(review=review, rater__user=by).first()
    answered = {score.item_id for score in rating.scores.all() if score.is_answered} if rating else set()
    missing = unanswered_numbers_of(review, answered)
    if rating is None or missing:
        raise Refused(
            f"{len(missing)} not answered yet: number {missing[0]} first. Choose a score, or “Not enough information”."
        )
    if rating.sent_at is not None:
        raise Refused("You have sent your scores already.")
    rating.sent_at = at
    rating.save(update_fields=["sent_at"])
    write_entry(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="scores sent")
    sent = set(review.ratings.exclude(sent_at=None).values_list("rater", flat=True))
    if {member.volunteer_id for member in raters_of(review)} <= sent:
        reveal_scores(review, by=by, at=at, note="All have scored.")
    return rating


def reveal_scores(review: RiskReview, *, by: User, at: datetime, note: str) -> None:
    """Close the scoring and show the scores side by side."""
    review.revealed_at = at
    review.move(RiskReview.Status.COMPLETE, by=by, at=at, note=note)
    tell_about_review(review, coordinators_now(review.circle, at=at), "scored", at=at)
