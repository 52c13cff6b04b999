"""Makes risk reviews in the state that a test needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from accounts.models import User
from circles.circle.models import Circle
from circles.instrument.definition import read_definition
from circles.instrument.models import Instrument
from circles.instrument.operations import load_instrument
from circles.risk.consensus_operations import save_agreed_scores, sign_off_review
from circles.risk.models import RiskReview
from circles.risk.operations import PlannedReview, create_risk_review
from circles.risk.rating_operations import ItemAnswer, save_rating, send_rating
from tests.world import World

FICTITIOUS = Path(__file__).resolve().parents[3] / "circles" / "instrument" / "fictitious.toml"


def load_invented_instrument(world: World) -> Instrument:
    """The invented one, there since long before the circles began."""
    return load_instrument(read_definition(FICTITIOUS), at=world.now - timedelta(days=400))


def planned_risk_review(world: World, circle: Circle | None = None, *, due_in: int = 7) -> RiskReview:
    """The circle's next round, due in so many days."""
    circle = circle or world.ely
    kind = RiskReview.Kind.QUARTERLY if circle.risk_reviews.exists() else RiskReview.Kind.BASELINE
    due_on = (world.now + timedelta(days=due_in)).date()
    return create_risk_review(
        circle,
        PlannedReview(due_on, kind),
        number=circle.risk_reviews.count() + 1,
        instrument=load_invented_instrument(world),
        at=world.now,
    )


def answers_for(review: RiskReview, score: int | None = 3, **changes: int | None) -> dict[str, ItemAnswer]:
    """The same score for every item, and whatever is changed; None is “not enough information”."""
    given: Mapping[str, int | None] = {item.key: score for item in review.instrument.items.all()} | changes
    return {key: ItemAnswer(one, one is None, "") for key, one in given.items()}


def send_scores(
    review: RiskReview, *, by: User, at: datetime, score: int | None = 3, **changes: int | None
) -> RiskReview:
    """One volunteer's scores, sent."""
    save_rating(review, answers=answers_for(review, score, **changes), by=by, at=at)
    send_rating(review, by=by, at=at)
    return RiskReview.objects.get(pk=review.pk)


def risk_review_scored_by_all(world: World, review: RiskReview, score: int = 3) -> RiskReview:
    """Everybody of Ely has sent, so the round is opened."""
    for person in [world.ben, world.tom, world.uma, world.vic]:
        review = send_scores(review, by=person, at=world.now, score=score)
    return review


def signed_off_risk_review(world: World, *, due_in: int, score: int | None = 3, **changes: int | None) -> RiskReview:
    """A whole round, agreed at these scores and signed off."""
    review = risk_review_scored_by_all(world, planned_risk_review(world, due_in=due_in))
    save_agreed_scores(review, answers=answers_for(review, score, **changes), by=world.ann, at=world.now)
    return sign_off_review(review, by=world.ann, at=world.now)
