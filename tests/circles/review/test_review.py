"""A review is planned, people are invited, views are collected, and agencies that did not come are asked why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from alerts.message.models import Alert
from audit.models import Act, Entry
from circles.circle.models import Circle
from circles.review.models import Review, ReviewPerson
from circles.review.operations import (
    chase_absence,
    give_view,
    hold_review,
    invite_to_review,
    note_own_view,
    plan_reviews,
    postpone_review,
)
from circles.review.record_operations import close_review, decide_review, share_review, write_review
from circles.review.view_models import ReviewView
from circles.tasks import plan_reviews as planning_task
from circles.worklist import work_of
from core.errors import MoveNotAllowed, Refused
from tests.circles.review.reviews import (
    decided_review,
    fetch_again,
    held_review,
    invited_review,
    kay_of,
    planned_review,
    review_with_views,
    shared_review,
    written_review,
)
from tests.world import World


def titles(world: World, name: str, days: int = 0) -> list[str]:
    return [item.title for item in work_of(world.people[name], world.now + timedelta(days=days))]


def test_the_first_review_falls_due_thirteen_weeks_after_the_start(world: World) -> None:
    review = planned_review(world)
    assert (review.number, review.due_on) == (1, world.ely.started_on + timedelta(weeks=13))


def test_planning_twice_plans_once(world: World) -> None:
    assert plan_reviews(at=world.now) == 2
    assert planning_task() == 0


def test_the_next_is_planned_once_one_is_finished_and_not_before(world: World) -> None:
    review = shared_review(world, kay="came")
    assert plan_reviews(at=world.now) == 0
    close_review(review, by=world.ann, at=world.now)
    assert plan_reviews(at=world.now) == 1
    assert world.ely.reviews.latest("number").due_on == world.ely.started_on + timedelta(weeks=26)


def test_a_quarter_that_passed_unreviewed_is_not_planned_into_the_past(world: World) -> None:
    plan_reviews(at=world.now + timedelta(weeks=20))
    assert world.ely.reviews.get().number == 2


def test_no_review_is_planned_past_the_planned_end(world: World) -> None:
    assert plan_reviews(at=world.now + timedelta(days=295)) == 0


def test_ann_is_asked_to_invite_from_four_weeks_before_and_not_sooner(world: World) -> None:
    planned_review(world)
    wanted = "Invite people to review 1"
    assert wanted not in titles(world, "ann", days=13 * 7 - 29)
    assert wanted in titles(world, "ann", days=13 * 7 - 28)
    assert wanted not in titles(world, "ben", days=13 * 7 - 28)


def test_the_circle_its_practitioner_and_named_professionals_are_invited(world: World) -> None:
    people = {(one.part, one.name) for one in invited_review(world).people.all()}
    assert people == {
        ("core_member", "Paul"),
        ("practitioner", "Esi Okafor"),
        ("professional", "Kay Dunn"),
        ("volunteer", "Ben Ashby"),
        ("volunteer", "Tom Quayle"),
        ("volunteer", "Uma Desai"),
        ("volunteer", "Vic Orton"),
    }


def test_whoever_has_an_account_is_told_neutrally_and_nobody_else(world: World) -> None:
    review = invited_review(world)
    told = Alert.objects.filter(key__startswith=f"{review.reference}:invited").values_list("recipient", flat=True)
    assert set(told) == {world.people[name].pk for name in ("ben", "tom", "uma", "vic", "esi")}


def test_ben_cannot_invite_and_a_past_day_is_refused(world: World) -> None:
    review = planned_review(world)
    with pytest.raises(PermissionDenied):
        invite_to_review(review, planned_for=world.now, place_code="ELM", chair="Ben", by=world.ben, at=world.now)
    with pytest.raises(Refused, match="still to come"):
        invite_to_review(review, planned_for=world.now, place_code="ELM", chair="Ann", by=world.ann, at=world.now)
    ahead = world.now + timedelta(days=1)
    with pytest.raises(Refused, match="chairs"):
        invite_to_review(review, planned_for=ahead, place_code="ELM", chair=" ", by=world.ann, at=world.now)


def test_a_postponed_review_is_invited_to_again_and_nobody_stands_twice(world: World) -> None:
    review = invited_review(world)
    later = world.now.date() + timedelta(days=60)
    postpone_review(review, due_on=later, reason="The room is flooded.", by=world.ann, at=world.now)
    assert fetch_again(review).invited_at is None
    moment = world.now + timedelta(days=60)
    invite_to_review(review, planned_for=moment, place_code="ELM", chair="Ann", by=world.ann, at=world.now)
    assert fetch_again(review).status == Review.Status.INVITED
    assert review.people.count() == 7


def test_putting_off_wants_a_reason_and_a_day_to_come(world: World) -> None:
    review = planned_review(world)
    with pytest.raises(Refused, match="why"):
        postpone_review(review, due_on=world.now.date() + timedelta(days=9), reason="", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="still to come"):
        postpone_review(review, due_on=world.now.date(), reason="Flood.", by=world.ann, at=world.now)


def test_ben_is_asked_for_his_view_until_he_gives_it(world: World) -> None:
    review = invited_review(world)
    assert "Give your view before review 1" in titles(world, "ben")
    give_view(review, words="Going well.", by=world.ben, at=world.now)
    give_view(review, words="Going very well.", by=world.ben, at=world.now)
    assert ReviewView.objects.get(person=world.ben).words == "Going very well."
    assert "Give your view before review 1" not in titles(world, "ben")


def test_views_come_from_the_circles_volunteers_and_before_the_review_is_written(world: World) -> None:
    review = invited_review(world)
    for stranger in (world.dev, world.cas, world.ann):
        with pytest.raises(PermissionDenied):
            give_view(review, words="So.", by=stranger, at=world.now)
    with pytest.raises(Refused, match="Write what you think"):
        give_view(review, words=" ", by=world.ben, at=world.now)


def test_no_view_is_changed_once_the_review_is_written(world: World) -> None:
    review = written_review(world)
    with pytest.raises(Refused, match="until the review is written"):
        give_view(review, words="Late.", by=world.ben, at=world.now)


def test_the_core_member_may_decline_but_an_empty_view_is_none(world: World) -> None:
    review = invited_review(world)
    with pytest.raises(Refused, match="what he said"):
        note_own_view(review, how="said", words="", by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        note_own_view(review, how="said", words="Fine.", by=world.ben, at=world.now)
    assert note_own_view(review, how="declined", words="", by=world.ann, at=world.now).person is None
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewView.objects.create(review=review, person=world.tom, words="", given_at=world.now, given_by=world.tom)


def test_everybody_invited_is_accounted_for(world: World) -> None:
    review = review_with_views(world)
    with pytest.raises(Refused, match="Say whether Paul came"):
        hold_review(review, held_at=world.now, chair="Ann", came={}, by=world.ann, at=world.now)
    later = world.now + timedelta(hours=1)
    with pytest.raises(Refused, match="cannot be in the future"):
        hold_review(review, held_at=later, chair="Ann", came={}, by=world.ann, at=world.now)


def test_an_agency_that_did_not_come_is_chased_until_somebody_records_it(world: World) -> None:
    review = shared_review(world)
    wanted = "Ask why Kay Dunn did not come to review 1"
    assert wanted in titles(world, "ann")
    assert wanted not in titles(world, "ben")
    with pytest.raises(Refused, match="has not been asked why"):
        close_review(review, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="what they said"):
        chase_absence(kay_of(review), words="", by=world.ann, at=world.now)
    chase_absence(kay_of(review), words="She was on leave; her deputy comes next time.", by=world.ann, at=world.now)
    assert wanted not in titles(world, "ann")
    with pytest.raises(Refused, match="nothing to chase"):
        chase_absence(kay_of(review), words="Again.", by=world.ann, at=world.now)
    close_review(review, by=world.ann, at=world.now)
    assert fetch_again(review).status == Review.Status.CLOSED


@pytest.mark.parametrize("came", ["came", "apology"])
def test_who_came_or_sent_an_apology_is_not_chased(world: World, came: str) -> None:
    assert not held_review(world, came).people.to_chase().exists()


def test_the_database_refuses_a_chase_of_somebody_who_came(world: World) -> None:
    review = held_review(world, "came")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewPerson.objects.filter(pk=kay_of(review).pk).update(chased_at=world.now, chased_by=world.ann)


def test_extending_moves_the_planned_end(world: World) -> None:
    review, day = held_review(world), world.ely.planned_end_on + timedelta(days=91)
    for wrong in (None, world.ely.planned_end_on):
        with pytest.raises(Refused, match="after the planned end"):
            decide_review(review, decision="extend", reason="More.", new_end_on=wrong, by=world.ann, at=world.now)
    decide_review(review, decision="extend", reason="More.", new_end_on=day, by=world.ann, at=world.now)
    world.ely.refresh_from_db()
    assert world.ely.planned_end_on == day


def test_what_the_review_decides_is_what_the_circle_does(world: World) -> None:
    Circle.objects.filter(pk=world.ely.pk).update(started_on=world.now.date() - timedelta(weeks=30))
    review = held_review(world)
    states = []
    for decision in ("fortnightly", "weekly", "mentoring", "end"):
        decide_review(review, decision=decision, reason="So.", by=world.ann, at=world.now)
        world.ely.refresh_from_db()
        states.append(world.ely.status)
    assert states == ["fortnightly", "weekly", "weekly", "ending"]
    assert Review.objects.visible_to(world.ben).contains(review)


def test_a_decision_has_a_reason_is_taken_once_and_only_by_who_runs_the_review(world: World) -> None:
    review = held_review(world)
    with pytest.raises(Refused, match="Say why"):
        decide_review(review, decision="weekly", reason=" ", by=world.ann, at=world.now)
    with pytest.raises(PermissionDenied):
        decide_review(review, decision="weekly", reason="So.", by=world.ben, at=world.now)
    decide_review(review, decision="weekly", reason="So.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="recorded already"):
        decide_review(review, decision="weekly", reason="So.", by=world.ann, at=world.now)


def test_nothing_is_decided_before_the_review_or_after_it_is_shared(world: World) -> None:
    with pytest.raises(Refused, match="once the review has been held"):
        decide_review(invited_review(world), decision="weekly", reason="So.", by=world.ann, at=world.now)


def test_nothing_undecided_is_shared_and_nothing_unwritten(world: World) -> None:
    review = held_review(world)
    write_review(review, summary="All is well.", actions_agreed="", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="decided first"):
        share_review(review, by=world.ann, at=world.now)


def test_a_review_that_was_not_held_cannot_be_written(world: World) -> None:
    with pytest.raises(MoveNotAllowed):
        write_review(invited_review(world), summary="All is well.", actions_agreed="", by=world.ann, at=world.now)
    with pytest.raises(MoveNotAllowed):
        share_review(decide_anew(world), by=world.ann, at=world.now)


def decide_anew(world: World) -> Review:
    review = fetch_again(world.ely.reviews.get())
    came = dict.fromkeys(review.people.values_list("pk", flat=True), "came")
    hold_review(review, held_at=world.now, chair="Ann", came=came, by=world.ann, at=world.now)
    decide_review(review, decision="weekly", reason="So.", by=world.ann, at=world.now)
    return review


def test_sharing_is_written_in_the_trail_by_recipient(world: World) -> None:
    review = shared_review(world)
    to = Entry.objects.filter(act=Act.SHARED, reference=review.reference).exclude(recipient="")
    assert set(to.values_list("recipient", flat=True)) == {
        "Esi Okafor, Cambridgeshire police",
        "Kay Dunn, Probation Service",
    }


def test_esi_sees_the_review_she_is_invited_to_and_no_other(world: World) -> None:
    review = planned_review(world)
    assert not Review.objects.visible_to(world.esi).exists()
    invited_review(world)
    assert list(Review.objects.visible_to(world.esi)) == [review]
    assert not Review.objects.visible_to(world.oz).exists()


def test_cas_who_left_and_dev_elsewhere_see_no_review_of_ely(world: World) -> None:
    review = decided_review(world)
    for name in ("cas", "dev", "gil", "kit"):
        assert not Review.objects.visible_to(world.people[name]).contains(review)
