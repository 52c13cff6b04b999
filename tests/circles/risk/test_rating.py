"""Volunteers score alone, the scores open together and are agreed and signed off, and then nobody can change them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from alerts.message.models import Alert
from circles.membership.operations import end_membership
from circles.risk.consensus_operations import answer_prompts, open_consensus, save_agreed_scores, sign_off_review
from circles.risk.models import PromptAnswer, RiskAgreed, RiskReview
from circles.risk.rating_models import RiskRating, RiskScore
from circles.risk.rating_operations import ItemAnswer, save_rating, send_rating
from circles.risk.trend import prompt_sentence_of, prompts_of, signed_off_reviews_of, trend_of
from circles.worklist import work_of
from core.errors import Refused
from tests.circles.risk.risk_reviews import (
    answers_for,
    planned_risk_review,
    risk_review_scored_by_all,
    send_scores,
    signed_off_risk_review,
)
from tests.world import World


def seen_by(world: World, name: str, review: RiskReview) -> set[str]:
    """Whose ratings of a round this person may read."""
    ratings = RiskRating.objects.visible_to(world.people[name]).filter(review=review)
    return {rating.rater.user.first_name for rating in ratings}


def test_ben_scores_some_items_tonight_and_the_rest_tomorrow(world: World) -> None:
    review = planned_risk_review(world)
    save_rating(review, answers={"alone": ItemAnswer(2, False, "On his own.")}, by=world.ben, at=world.now)
    rating = save_rating(
        review, answers={"mood": ItemAnswer(None, True, "")}, by=world.ben, at=world.now + timedelta(days=1)
    )
    kept = {score.item.key: (score.score, score.not_known, score.comment) for score in rating.scores.all()}
    assert kept == {"alone": (2, False, "On his own."), "mood": (None, True, "")}
    review.refresh_from_db()
    assert review.status == "in_progress"


def test_a_changed_score_is_one_row(world: World) -> None:
    review = planned_risk_review(world)
    for score in (2, 5):
        rating = save_rating(review, answers={"alone": ItemAnswer(score, False, "")}, by=world.ben, at=world.now)
    assert [score.score for score in rating.scores.all()] == [5]


@pytest.mark.parametrize("given", [ItemAnswer(7, False, ""), ItemAnswer(-1, False, ""), ItemAnswer(3, True, "")])
def test_a_score_off_the_scale_is_a_mistake_of_ours(world: World, given: ItemAnswer) -> None:
    with pytest.raises(ValueError, match="no answer to an item"):
        save_rating(planned_risk_review(world), answers={"alone": given}, by=world.ben, at=world.now)


def test_an_item_of_no_instrument_is_a_mistake_of_ours(world: World) -> None:
    with pytest.raises(ValueError, match="no answer to an item"):
        save_rating(planned_risk_review(world), answers={"shoes": ItemAnswer(3, False, "")}, by=world.ben, at=world.now)


def test_the_database_holds_the_scale(world: World) -> None:
    review = planned_risk_review(world)
    rating = save_rating(review, answers={"alone": ItemAnswer(2, False, "")}, by=world.ben, at=world.now)
    for bad in ({"score": 7}, {"score": 3, "not_known": True}):
        with pytest.raises(IntegrityError, match="score_on_the_scale"), transaction.atomic():
            RiskScore.objects.filter(rating=rating).update(**bad)


@pytest.mark.parametrize("name", ["cas", "dev", "ann", "pat", "hana", "esi", "gil"])
def test_only_the_circles_own_volunteers_score(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        save_rating(planned_risk_review(world), answers={}, by=world.people[name], at=world.now)


def test_scores_are_sent_whole(world: World) -> None:
    review = planned_risk_review(world)
    with pytest.raises(Refused, match="17 not answered yet: number 1 first"):
        send_rating(review, by=world.ben, at=world.now)
    whole = answers_for(review)
    save_rating(review, answers={key: one for key, one in whole.items() if key != "worry"}, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="1 not answered yet: number 7 first"):
        send_rating(review, by=world.ben, at=world.now)
    save_rating(review, answers={"worry": ItemAnswer(None, False, "Only a comment.")}, by=world.ben, at=world.now)
    with pytest.raises(Refused, match="1 not answered"):
        send_rating(review, by=world.ben, at=world.now)


def test_sent_scores_are_locked_by_us_and_by_the_database(world: World) -> None:
    review = send_scores(planned_risk_review(world), by=world.ben, at=world.now)
    with pytest.raises(Refused, match="have sent your scores"):
        save_rating(review, answers=answers_for(review, 1), by=world.ben, at=world.now)
    with pytest.raises(Refused, match="already"):
        send_rating(review, by=world.ben, at=world.now)
    for act in (lambda rows: rows.update(score=0), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="sent are not changed"), transaction.atomic():
            act(RiskScore.objects.filter(rating__review=review))


def test_nobody_sees_anothers_scores_until_all_are_in(world: World) -> None:
    review = send_scores(planned_risk_review(world), by=world.ben, at=world.now)
    assert seen_by(world, "ben", review) == {"Ben"}
    for name in ["tom", "ann", "hana", "fay", "cas", "pat", "dev", "esi", "ivor", "kit", "jo", "gil"]:
        assert seen_by(world, name, review) == set(), name
    for person in [world.tom, world.uma, world.vic]:
        review = send_scores(review, by=person, at=world.now)
    everybody = {"Ben", "Tom", "Uma", "Vic"}
    assert review.status == "complete"
    for name in ["ben", "tom", "ann", "hana", "fay"]:
        assert seen_by(world, name, review) == everybody, name
    for name in ["cas", "pat", "dev", "esi", "oz", "ivor", "lou", "kit", "jo", "gil"]:
        assert seen_by(world, name, review) == set(), name


def test_when_the_last_has_sent_ann_is_told(world: World) -> None:
    review = risk_review_scored_by_all(world, planned_risk_review(world))
    assert Alert.objects.filter(key=f"{review.reference}:scored", recipient=world.ann).exists()


def test_ann_may_open_the_scores_early_and_who_has_not_sent_is_left_out(world: World) -> None:
    review = planned_risk_review(world)
    with pytest.raises(Refused, match="Nobody has sent"):
        open_consensus(review, by=world.ann, at=world.now)
    save_rating(review, answers=answers_for(review), by=world.tom, at=world.now)
    send_scores(review, by=world.ben, at=world.now)
    opened = open_consensus(review, by=world.ann, at=world.now)
    assert seen_by(world, "ann", opened) == {"Ben"}
    assert seen_by(world, "tom", opened) == {"Tom"}
    with pytest.raises(Refused, match="takes no more scores"):
        send_rating(opened, by=world.tom, at=world.now)


def test_a_volunteer_who_has_left_is_not_waited_for(world: World) -> None:
    review = planned_risk_review(world)
    gone = world.ely.memberships.get(volunteer__user=world.vic)
    end_membership(gone, by=world.ann, at=world.now - timedelta(minutes=1))
    for person in [world.ben, world.tom, world.uma]:
        review = send_scores(review, by=person, at=world.now)
    assert review.status == "complete"


@pytest.mark.parametrize("name", ["ben", "pat", "cas", "esi", "gil"])
def test_only_the_coordinator_and_the_leads_agree_and_sign_off(world: World, name: str) -> None:
    review = risk_review_scored_by_all(world, planned_risk_review(world))
    for operation in (open_consensus, sign_off_review):
        with pytest.raises(PermissionDenied):
            operation(review, by=world.people[name], at=world.now)
    with pytest.raises(PermissionDenied):
        save_agreed_scores(review, answers=answers_for(review), by=world.people[name], at=world.now)


def test_nothing_is_agreed_before_the_scores_are_in(world: World) -> None:
    review = send_scores(planned_risk_review(world), by=world.ben, at=world.now)
    with pytest.raises(Refused, match="Open them first"):
        save_agreed_scores(review, answers=answers_for(review), by=world.ann, at=world.now)


def test_every_item_is_agreed_before_it_is_signed_off(world: World) -> None:
    review = risk_review_scored_by_all(world, planned_risk_review(world))
    with pytest.raises(Refused, match="17 not agreed yet: number 1"):
        sign_off_review(review, by=world.ann, at=world.now)


def test_a_signed_off_review_is_locked_by_us_and_by_the_database(world: World) -> None:
    review = signed_off_risk_review(world, due_in=-1)
    assert (review.status, review.signed_off_by) == ("signed_off", world.ann)
    with pytest.raises(Refused, match="locked"):
        save_agreed_scores(review, answers=answers_for(review, 0), by=world.ann, at=world.now)
    with pytest.raises(Refused, match="locked"):
        sign_off_review(review, by=world.ann, at=world.now)
    changes = [
        lambda: RiskReview.objects.filter(pk=review.pk).update(due_on=world.now.date()),
        lambda: RiskAgreed.objects.filter(review=review).update(score=0),
        lambda: RiskAgreed.objects.filter(review=review).delete(),
        lambda: RiskRating.objects.filter(review=review).update(sent_at=None),
        lambda: RiskRating.objects.filter(review=review).update(saved_at=world.now),
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match="signed off is not changed"), transaction.atomic():
            change()


def test_three_not_known_leave_no_total_and_two_are_made_up(world: World) -> None:
    signed_off_risk_review(world, due_in=-100, score=3, alone=None, mood=None)
    signed_off_risk_review(world, due_in=-9, score=3, alone=None, mood=None, days=None)
    trend = trend_of(signed_off_reviews_of(world.ely.pk))
    assert trend is not None
    assert [point.total for point in trend.points] == ["51", "no total"]
    assert trend.points[1].y is None
    assert trend.line == []


def test_the_trend_stands_beside_the_expected_fall_and_the_domains(world: World) -> None:
    first = signed_off_risk_review(world, due_in=-91, score=3)
    signed_off_risk_review(world, due_in=0, score=2)
    trend = trend_of(signed_off_reviews_of(world.ely.pk))
    assert trend is not None
    assert [(point.total, point.expected) for point in trend.points] == [("51", "51"), ("34", "45")]
    assert trend.points[0].domains == ["12", "15", "12", "12"]
    assert [(one.name, one.says) for one in trend.by_domain][:2] == [
        ("People around him", "12, 8, of 24"),
        ("How he is", "15, 10, of 30"),
    ]
    assert len(trend.line) == 1
    assert "review 1, 51, expected 51; review 2, 34, expected 45" in trend.says
    assert not first.prompted


def test_a_rise_of_two_prompts_ann_until_she_has_answered(world: World) -> None:
    signed_off_risk_review(world, due_in=-91, score=3)
    review = signed_off_risk_review(world, due_in=0, score=2, mood=5)
    assert review.prompted
    [prompt] = prompts_of(signed_off_reviews_of(world.ely.pk))
    assert prompt_sentence_of(prompt, review.instrument).startswith("Item 5 has risen from 3 in review 1 to 5: ")
    [item] = work_of(world.ann, world.now)
    assert item.title == "Answer the prompts of risk review 2"
    assert "A prompt, not a decision" in item.detail
    assert [one for one in work_of(world.ben, world.now) if "prompts" in one.title] == []
    answer_prompts(review, words="He lost his brother. We meet twice this week.", by=world.ann, at=world.now)
    assert work_of(world.ann, world.now) == []


def test_a_total_that_has_not_fallen_over_three_reviews_prompts_and_decides_nothing(world: World) -> None:
    before = world.ely.status
    for due_in, score in [(-182, 3), (-91, 2), (0, 3)]:
        review = signed_off_risk_review(world, due_in=due_in, score=score)
    assert review.prompted
    [prompt] = prompts_of(signed_off_reviews_of(world.ely.pk))
    assert (
        prompt_sentence_of(prompt, review.instrument) == "The total has not fallen over reviews 1, 2 and 3: 51, 34, 51."
    )
    world.ely.refresh_from_db()
    assert world.ely.status == before


def test_an_answer_to_prompts_has_words_and_is_given_once(world: World) -> None:
    quiet = signed_off_risk_review(world, due_in=-91, score=1)
    review = signed_off_risk_review(world, due_in=0, score=4)
    with pytest.raises(Refused, match="no prompts to answer"):
        answer_prompts(quiet, words="Fine.", by=world.ann, at=world.now)
    with pytest.raises(Refused) as refused:
        answer_prompts(review, words=" ", by=world.ann, at=world.now)
    assert refused.value.field == "words"
    with pytest.raises(PermissionDenied):
        answer_prompts(review, words="Fine.", by=world.ben, at=world.now)
    answer_prompts(review, words="Fine.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="answered already"):
        answer_prompts(review, words="Finer.", by=world.ann, at=world.now)
    assert PromptAnswer.objects.get().words == "Fine."
