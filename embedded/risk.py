"""Loads risk reviews: a baseline, two quarters that are signed off, and one that is being scored."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

from accounts.models import User
from circles.circle.models import Circle
from circles.instrument.definition import read_definition
from circles.instrument.operations import load_instrument
from circles.risk.consensus_operations import save_agreed_scores, sign_off_review
from circles.risk.models import RiskReview
from circles.risk.operations import plan_risk_reviews
from circles.risk.rating_operations import ItemAnswer, save_rating, send_rating
from core.worktime import LONDON
from embedded.alerts import settle_past_alerts

INSTRUMENT = Path(__file__).resolve().parents[1] / "circles" / "instrument" / "fictitious.toml"
CIRCLE = "C-0142"
WEEK = timedelta(weeks=1)
CHANGES_BY_ROUND = [0, -1, -1]
"""How scores differ from the baseline's, round by round."""

REMARKS = {
    "alone": "He named three people he saw this month without being asked.",
    "mood": "Low since his brother stopped ringing.",
    "secret": "We heard of the bikes from him, but late.",
}


def load_instrument_file(*, at: datetime) -> None:
    """Load the invented instrument, dated before the first circle began."""
    load_instrument(read_definition(INSTRUMENT), at=at)


def load_risk_reviews(circles: Mapping[str, Circle], chance: random.Random, *, at: datetime) -> None:
    """Plan every risk review on its day, and let the volunteers of one circle score theirs."""
    circle = circles[CIRCLE]
    coordinator = circle.coordinator
    typical = {item: chance.choice([2, 3, 3, 4]) for item in _item_keys()}
    moment = datetime.combine(circle.started_on, time(7), LONDON)
    while moment < at:
        plan_risk_reviews(at=moment)
        for review in circle.risk_reviews.filter(status="due", due_on__lte=(moment + WEEK).date()):
            _score_round(review, typical, coordinator, chance, at=moment)
        moment += WEEK
    plan_risk_reviews(at=at)
    latest = circle.risk_reviews.filter(status="due").first()
    if latest is not None:
        _score_half_way(latest, typical, chance, at=at - timedelta(days=1))
    for review in RiskReview.objects.filter(planned_at__lt=at - timedelta(hours=1)):
        settle_past_alerts(f"{review.reference}:", at=at)


def _item_keys() -> list[str]:
    return [item.key for item in read_definition(INSTRUMENT).items]


def _raters_of(review: RiskReview) -> list[User]:
    return [member.volunteer.user for member in review.circle.memberships.order_by("pk")]


def _score_round(
    review: RiskReview, typical: dict[str, int], coordinator: User, chance: random.Random, *, at: datetime
) -> None:
    """All volunteers score; the coordinator agrees scores and signs off the next day. Mood rises in the third."""
    agreed = {
        item: max(0, score + CHANGES_BY_ROUND[min(review.number - 1, 2)] * chance.randint(0, 1))
        for item, score in typical.items()
    }
    if review.number == 3:
        agreed["mood"] = min(6, typical["mood"] + 2)
    for rater in _raters_of(review):
        save_rating(review, answers=_random_answers(agreed, chance), by=rater, at=at)
        send_rating(review, by=rater, at=at + timedelta(hours=1))
    save_agreed_scores(
        review,
        answers={item: ItemAnswer(score, False, "") for item, score in agreed.items()},
        by=coordinator,
        at=at + timedelta(days=1),
    )
    sign_off_review(review, by=coordinator, at=at + timedelta(days=1, hours=1))
    settle_past_alerts(f"{review.reference}:", at=at + timedelta(days=2))


def _score_half_way(review: RiskReview, typical: dict[str, int], chance: random.Random, *, at: datetime) -> None:
    """Two volunteers have sent their scores, one is half way, and the first has not begun."""
    first, second, third, *_ = _raters_of(review)[1:]
    for rater in (second, third):
        save_rating(review, answers=_random_answers(typical, chance), by=rater, at=at)
        send_rating(review, by=rater, at=at)
    begun = dict(list(typical.items())[:6])
    save_rating(review, answers=_random_answers(begun, chance), by=first, at=at)


def _random_answers(agreed: Mapping[str, int], chance: random.Random) -> dict[str, ItemAnswer]:
    """One volunteer's answers: a little different from the agreed scores, a few “not enough to go by”."""
    given = {}
    for item, score in agreed.items():
        if chance.random() < 0.04:
            given[item] = ItemAnswer(None, True, "")
        else:
            seen = min(6, max(0, score + chance.choice([-1, 0, 0, 0, 1])))
            given[item] = ItemAnswer(seen, False, REMARKS.get(item, "") if chance.random() < 0.4 else "")
    return given
