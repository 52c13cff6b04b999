"""Scoring a round, each volunteer alone; the last to send opens it for all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from circles.instrument.models import HIGHEST, LOWEST, Scored
from circles.minutes.models import LONGEST
from circles.risk.access import RiskReviewAccess
from circles.risk.models import RiskReview
from circles.risk.operations import lock_review, raters_of, tell
from circles.risk.rating_models import RiskRating, RiskScore
from core.errors import Refused
from volunteers.volunteer.models import Volunteer


class Given(NamedTuple):
    """What was given for one item."""

    score: int | None
    not_known: bool
    comment: str


def open_for_scores(review: RiskReview, *, by: User) -> RiskReview:
    """The review, locked, still taking scores from somebody who may give them."""
    review = lock_review(review)
    RiskReviewAccess(by, review).require(RiskReviewAccess.score)
    if not review.takes_scores:
        raise Refused("This review takes no more scores. Tell the coordinator what you would have said.")
    return review


@transaction.atomic
def save_rating(
    review: RiskReview, *, answers: Mapping[str, Given], by: User, at: datetime, page: str = ""
) -> RiskRating:
    """Keep what this volunteer has scored so far, by item, and from which page; only the items given are touched."""
    review = open_for_scores(review, by=by)
    rater = Volunteer.objects.get(user=by)
    rating = RiskRating.objects.filter(review=review, rater=rater).first()
    if rating is None:
        rating = RiskRating.objects.create(review=review, rater=rater, begun_at=at, saved_at=at)
        recorded(Act.COLLECTED, review, by=by, at=at, within=review.circle.reference)
    if rating.sent_at is not None:
        raise Refused("You have sent your scores. Tell the coordinator what you would change.")
    if review.status == RiskReview.Status.DUE:
        review.move(RiskReview.Status.IN_PROGRESS, by=by, at=at)
    kept = {score.item.key: score for score in rating.scores.select_related("item")}
    for item in review.instrument.items.filter(key__in=checked(review, answers)):
        keep(kept.get(item.key) or RiskScore(rating=rating, item=item), answers[item.key], page=page)
    rating.saved_at = at
    rating.save(update_fields=["saved_at"])
    return rating


def checked(review: RiskReview, answers: Mapping[str, Given]) -> Mapping[str, Given]:
    """The answers, each to an item of this review and on its scale."""
    known = {item.key for item in review.instrument.items.all()}
    for key, given in answers.items():
        on_scale = given.score is None or (LOWEST <= given.score <= HIGHEST and not given.not_known)
        if key not in known or not on_scale or len(given.comment) > LONGEST:
            raise ValueError(f"no answer to an item of this instrument: {key}")
    return answers


def keep(scored: Scored, given: Given, *, page: str) -> None:
    """Write an answer down, unless it stands there already, and the page that it came from."""
    if scored.pk is not None and given == (scored.score, scored.not_known, scored.comment):
        return
    if given[:2] != (scored.score, scored.not_known):
        scored.score_from = page
    if given.comment != scored.comment:
        scored.comment_from = page
    scored.score, scored.not_known, scored.comment = given
    scored.save()


def not_answered(review: RiskReview, answered: set[int]) -> list[int]:
    """The numbers of the items that have neither a score nor “not enough information”."""
    return [item.number for item in review.instrument.items.all() if item.pk not in answered]


@transaction.atomic
def send_rating(review: RiskReview, *, by: User, at: datetime) -> RiskRating:
    """Send one's scores, which locks them. When everybody has, the round is opened to its raters."""
    review = open_for_scores(review, by=by)
    rating = RiskRating.objects.filter(review=review, rater__user=by).first()
    answered = {score.item_id for score in rating.scores.all() if score.is_answered} if rating else set()
    missing = not_answered(review, answered)
    if rating is None or missing:
        raise Refused(
            f"{len(missing)} not answered yet: number {missing[0]} first. Choose a score, or “Not enough information”."
        )
    if rating.sent_at is not None:
        raise Refused("You have sent your scores already.")
    rating.sent_at = at
    rating.save(update_fields=["sent_at"])
    recorded(Act.ALTERED, review, by=by, at=at, within=review.circle.reference, note="scores sent")
    sent = set(review.ratings.exclude(sent_at=None).values_list("rater", flat=True))
    if {member.volunteer_id for member in raters_of(review)} <= sent:
        reveal(review, by=by, at=at, note="All have scored.")
    return rating


def reveal(review: RiskReview, *, by: User, at: datetime, note: str) -> None:
    """Close the scoring and show the scores side by side."""
    review.revealed_at = at
    review.move(RiskReview.Status.COMPLETE, by=by, at=at, note=note)
    tell(review, [review.circle.coordinator], "scored", at=at)
