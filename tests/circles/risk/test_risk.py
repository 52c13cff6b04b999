"""Risk reviews: when they are due, who is told, and which ones are closed as missed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from alerts.message.models import Alert
from circles.circle.models import Circle
from circles.risk.models import BASELINE_WITHIN, EVERY, RiskReview
from circles.risk.operations import NOBODY_SCORED, OPENS_BEFORE, miss_review, next_review_of, plan_risk_reviews
from circles.tasks import plan_risk_reviews as planning_task
from circles.worklist import work_of
from config.home import home_work_of
from core.errors import Refused
from core.worktime import LONDON
from tests.circles.risk.risk_reviews import (
    load_invented_instrument,
    planned_risk_review,
    risk_review_scored_by_all,
    send_scores,
    signed_off_risk_review,
)
from tests.world import World

LONG_AGO = date(2020, 1, 1)


def make_circle_begin(circle: Circle, weeks: int, *, lasts: int = 52) -> Circle:
    """The circle, as if it had begun so many weeks ago."""
    began = circle.opened_at.astimezone(LONDON).date() + timedelta(days=200) - timedelta(weeks=weeks)
    Circle.objects.filter(pk=circle.pk).update(started_on=began, planned_end_on=began + timedelta(weeks=lasts))
    return Circle.objects.get(pk=circle.pk)


def reviews_planned_for(circle: Circle) -> list[tuple[str, int]]:
    """Every round the table of dates makes: its kind and the week it is due."""
    found: list[tuple[str, int]] = []
    last = None
    while (coming := next_review_of(circle, last, LONG_AGO)) is not None:
        found.append((coming.kind.value, (coming.due_on - circle.started_on).days // 7))
        last = RiskReview(circle=circle, due_on=coming.due_on, kind=coming.kind)
    return found


def test_the_baseline_is_due_in_six_weeks_then_every_thirteen_and_the_last_at_the_end(world: World) -> None:
    assert reviews_planned_for(make_circle_begin(world.ely, 1)) == [
        ("baseline", 6),
        ("quarterly", 19),
        ("quarterly", 32),
        ("quarterly", 45),
        ("final", 52),
    ]


def test_a_quarter_close_to_the_end_is_the_final_review(world: World) -> None:
    assert reviews_planned_for(make_circle_begin(world.ely, 1, lasts=50)) == [
        ("baseline", 6),
        ("quarterly", 19),
        ("quarterly", 32),
        ("final", 50),
    ]


def test_an_end_moved_later_has_quarters_again(world: World) -> None:
    circle = make_circle_begin(world.ely, 1)
    last = RiskReview(circle=circle, due_on=circle.planned_end_on, kind="final")
    assert next_review_of(circle, last, LONG_AGO) is None
    circle.planned_end_on += timedelta(weeks=26)
    coming = next_review_of(circle, last, LONG_AGO)
    assert coming is not None
    assert (coming.kind, coming.due_on) == ("quarterly", last.due_on + EVERY)


def test_circles_older_than_the_first_instrument_count_from_when_it_was_there(world: World) -> None:
    circle = make_circle_begin(world.ely, 80, lasts=104)
    known_since = world.now.date()
    coming = next_review_of(circle, None, known_since)
    assert coming is not None
    assert coming.due_on == known_since + BASELINE_WITHIN


def test_without_an_instrument_nothing_is_planned(world: World) -> None:
    assert plan_risk_reviews(at=world.now) == 0


def test_a_round_opens_three_weeks_before_it_is_due_and_once(world: World) -> None:
    load_invented_instrument(world)
    make_circle_begin(world.ely, 1)
    baseline = make_circle_begin(world.ely, 1).started_on + BASELINE_WITHIN
    days = (baseline - world.now.astimezone(LONDON).date()) - OPENS_BEFORE
    assert not RiskReview.objects.filter(circle=world.ely).exists()
    plan_risk_reviews(at=world.now + days - timedelta(days=1))
    assert not world.ely.risk_reviews.exists()
    plan_risk_reviews(at=world.now + days)
    plan_risk_reviews(at=world.now + days)
    [review] = world.ely.risk_reviews.all()
    assert (review.number, review.kind, review.due_on, review.status) == (1, "baseline", baseline, "due")


def test_each_volunteer_is_told_and_cas_who_left_is_not(world: World) -> None:
    load_invented_instrument(world)
    make_circle_begin(world.ely, 5)
    planning_task()
    review = world.ely.risk_reviews.get()
    told = set(Alert.objects.filter(key=f"{review.reference}:opened").values_list("recipient__first_name", flat=True))
    assert told == {"Ben", "Tom", "Uma", "Vic"}


def test_a_round_nobody_scored_is_missed_when_the_next_opens(world: World) -> None:
    load_invented_instrument(world)
    make_circle_begin(world.ely, 5)
    plan_risk_reviews(at=world.now)
    plan_risk_reviews(at=world.now + timedelta(weeks=13))
    first, second = world.ely.risk_reviews.order_by("number")
    assert (first.status, first.missed_because, second.status) == ("missed", NOBODY_SCORED, "due")


def test_a_round_that_was_begun_does_not_lapse(world: World) -> None:
    load_invented_instrument(world)
    make_circle_begin(world.ely, 5)
    plan_risk_reviews(at=world.now)
    send_scores(world.ely.risk_reviews.get(), by=world.ben, at=world.now)
    plan_risk_reviews(at=world.now + timedelta(weeks=13))
    assert [one.status for one in world.ely.risk_reviews.order_by("number")] == ["in_progress", "due"]


def test_ann_says_that_a_round_was_missed_and_why(world: World) -> None:
    with pytest.raises(Refused) as refused:
        miss_review(planned_risk_review(world), reason=" ", by=world.ann, at=world.now)
    assert refused.value.field == "reason"
    missed = miss_review(world.ely.risk_reviews.get(), reason="Everybody was ill.", by=world.ann, at=world.now)
    assert (missed.status, missed.missed_because) == ("missed", "Everybody was ill.")
    assert world.ely.events.latest("pk").note == "Everybody was ill."


@pytest.mark.parametrize("name", ["ben", "cas", "pat", "esi", "gil"])
def test_nobody_else_says_that_a_round_was_missed(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        miss_review(planned_risk_review(world), reason="No.", by=world.people[name], at=world.now)


def test_a_round_missed_without_a_reason_cannot_be_kept(world: World) -> None:
    review = planned_risk_review(world)
    with pytest.raises(IntegrityError, match="risk_review_missed_with_reason"), transaction.atomic():
        RiskReview.objects.filter(pk=review.pk).update(status="missed")
    with pytest.raises(IntegrityError, match="risk_review_signed_off_when_signed_off"), transaction.atomic():
        RiskReview.objects.filter(pk=review.pk).update(status="signed_off", revealed_at=world.now)
    with pytest.raises(IntegrityError, match="risk_review_revealed_when_scored"), transaction.atomic():
        RiskReview.objects.filter(pk=review.pk).update(status="complete")


def titles(world: World, name: str, *, days: int = 0) -> list[str]:
    found = work_of(world.people[name], world.now + timedelta(days=days))
    return [item.title for item in found if "risk review" in item.title]


def test_a_round_waits_for_each_rater_until_they_have_sent(world: World) -> None:
    review = planned_risk_review(world)
    assert titles(world, "ben") == titles(world, "tom") == ["Score risk review 1"]
    send_scores(review, by=world.ben, at=world.now)
    assert titles(world, "ben") == []
    assert titles(world, "tom") == ["Score risk review 1"]
    assert titles(world, "cas") == titles(world, "dev") == titles(world, "esi") == []


def test_the_coordinator_sees_how_many_have_scored_then_is_to_agree(world: World) -> None:
    review = planned_risk_review(world)
    send_scores(review, by=world.ben, at=world.now)
    [item] = [one for one in work_of(world.ann, world.now) if "risk review" in one.title]
    assert (item.title, item.must_act) == ("See that all score risk review 1", False)
    assert "1 of 4 have scored" in item.detail
    for person in [world.tom, world.uma, world.vic]:
        send_scores(review, by=person, at=world.now)
    assert titles(world, "ann") == ["Agree and sign off risk review 1"]


def late_for_hana(world: World, days: int) -> list[str]:
    """The risk reviews that Hana, who manages, is shown as overdue, and whose each is."""
    late = home_work_of(world.hana, world.now + timedelta(days=days)).wall or []
    return [f"{item.title}: {item.whose}" for group in late for item in group.items if group.label == "Risk reviews"]


def test_a_late_round_stands_on_the_managers_wall_with_whose_it_is(world: World) -> None:
    review = planned_risk_review(world)
    assert late_for_hana(world, 6) == []
    assert late_for_hana(world, 8) == ["Ask for the scores of risk review 1: Ann Farrowby"]
    assert titles(world, "fay", days=8) == titles(world, "pat", days=8) == []
    assert titles(world, "ann", days=8) == ["Ask for the scores of risk review 1"]
    miss_review(review, reason="Ill.", by=world.ann, at=world.now)
    assert late_for_hana(world, 8) == titles(world, "ann", days=8) == []


def test_a_round_that_is_signed_off_waits_for_nobody(world: World) -> None:
    signed_off_risk_review(world, due_in=-2)
    assert titles(world, "ann") == titles(world, "ben") == titles(world, "hana") == []


def test_all_scored_but_not_agreed_is_late_as_well(world: World) -> None:
    risk_review_scored_by_all(world, planned_risk_review(world, due_in=-1))
    assert late_for_hana(world, 0) == ["Agree and sign off risk review 1: Ann Farrowby"]
