"""A circle that ends, early or not, asks its volunteers for a final risk review (domain.md 1.9)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.message.models import Alert
from circles.circle.models import Circle
from circles.life.operations import begin_ending, close_circle
from circles.minutes.operations import approve_minutes
from circles.risk.models import RiskReview
from circles.risk.operations import (
    CIRCLE_ENDED,
    FINAL_WITHIN,
    PlannedReview,
    create_risk_review,
    miss_review,
    plan_risk_reviews,
)
from core.errors import Refused
from tests.circles.life.preparing import end_and_close, today
from tests.circles.log.writing import send
from tests.circles.risk.risk_reviews import (
    load_invented_instrument,
    planned_risk_review,
    send_scores,
    signed_off_risk_review,
)
from tests.world import World


def ely_ending(world: World) -> Circle:
    """Ely ends early, its minutes all approved."""
    approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    return begin_ending(world.ely, end_reason="withdrew", by=world.ann, at=world.now)


def test_a_circle_that_ends_early_has_its_final_review_within_two_weeks(world: World) -> None:
    first = signed_off_risk_review(world, due_in=-40)
    ely_ending(world)
    final = world.ely.risk_reviews.exclude(pk=first.pk).get()
    assert (final.kind, final.number, final.status) == ("final", 2, "due")
    assert final.due_on == today(world) + FINAL_WITHIN
    told = Alert.objects.filter(key=f"{final.reference}:opened").values_list("recipient__first_name", flat=True)
    assert set(told) == {"Ben", "Tom", "Uma", "Vic"}


def test_a_circle_that_was_never_scored_is_asked_too(world: World) -> None:
    load_invented_instrument(world)
    ely_ending(world)
    assert [(one.kind, one.number) for one in world.ely.risk_reviews.all()] == [("final", 1)]


def test_a_round_that_is_open_becomes_the_final_one(world: World) -> None:
    review = send_scores(planned_risk_review(world, due_in=7), by=world.ben, at=world.now)
    ely_ending(world)
    assert [(one.pk, one.kind, one.status) for one in world.ely.risk_reviews.all()] == [
        (review.pk, "final", "in_progress")
    ]
    assert Alert.objects.filter(key=f"{review.reference}:final").exists()


def final_review_at_planned_end(world: World) -> RiskReview:
    """The final round as it opens at a planned end."""
    due_on = today(world) + timedelta(days=10)
    return create_risk_review(
        world.ely,
        PlannedReview(due_on, RiskReview.Kind.FINAL),
        number=1,
        instrument=load_invented_instrument(world),
        at=world.now,
    )


def test_a_final_review_that_is_done_or_on_its_way_is_not_asked_for_again(world: World) -> None:
    final_review_at_planned_end(world)
    ely_ending(world)
    assert world.ely.risk_reviews.count() == 1
    assert not Alert.objects.filter(key__endswith=":final").exists()


def test_a_final_review_that_was_missed_before_is_asked_for_again(world: World) -> None:
    miss_review(final_review_at_planned_end(world), reason="He was away.", by=world.ann, at=world.now)
    ely_ending(world)
    assert [(one.kind, one.status) for one in world.ely.risk_reviews.order_by("number")] == [
        ("final", "missed"),
        ("final", "due"),
    ]


def test_without_an_instrument_there_is_nothing_to_ask(world: World) -> None:
    assert close_circle(ely_ending(world), by=world.ann, at=world.now).status == "closed"


def test_the_circle_is_not_closed_before_its_final_review_is_signed_off_or_missed_with_a_reason(world: World) -> None:
    load_invented_instrument(world)
    circle = ely_ending(world)
    with pytest.raises(Refused, match="the final risk review is not signed off"):
        close_circle(circle, by=world.ann, at=world.now)
    miss_review(world.ely.risk_reviews.get(), reason="The volunteers are gone.", by=world.ann, at=world.now)
    assert close_circle(circle, by=world.ann, at=world.now).status == "closed"


def test_a_round_left_from_before_lapses_when_its_circle_has_ended(world: World) -> None:
    end_and_close(world.ely, world)
    review = planned_risk_review(world)
    plan_risk_reviews(at=world.now + timedelta(hours=1))
    review.refresh_from_db()
    assert (review.status, review.missed_because) == ("missed", CIRCLE_ENDED)
