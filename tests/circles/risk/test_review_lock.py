"""The database refuses to change a review that was shared, and everything that belongs to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from circles.review.models import Review, ReviewPerson
from circles.review.operations import chase_absence
from circles.review.record_operations import close_review
from circles.review.view_models import ReviewDecision, ReviewView
from tests.circles.review.reviews import kay_of, shared_review, written_review
from tests.world import World

REFUSED = "a shared review is not changed"

CHANGES: dict[str, Callable[[Review], object]] = {
    "its words": lambda review: Review.objects.filter(pk=review.pk).update(summary="All is very well."),
    "its agenda": lambda review: Review.objects.filter(pk=review.pk).update(agenda_for_record=[]),
    "its state": lambda review: Review.objects.filter(pk=review.pk).update(
        status="written", shared_at=None, shared_by=None
    ),
    "who came": lambda review: ReviewPerson.objects.filter(review=review, part="volunteer").update(came="apology"),
    "what was thought": lambda review: ReviewView.objects.filter(review=review).update(words="It does not help."),
    "what was decided": lambda review: ReviewDecision.objects.filter(review=review).update(reason="Because."),
    "another decision": lambda review: ReviewDecision.objects.create(
        review=review, decision="mentoring", reason="So.", decided_at=review.held_at, decided_by=review.held_by
    ),
}


def refuses(change: Callable[[Review], object], review: Review) -> None:
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        change(review)


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_of_a_shared_review_is_changed(world: World, what: str) -> None:
    refuses(CHANGES[what], shared_review(world))


@pytest.mark.parametrize("what", ["its words", "who came", "what was thought", "what was decided"])
def test_before_it_is_shared_it_is(world: World, what: str) -> None:
    assert CHANGES[what](written_review(world))


@pytest.mark.parametrize("model", [ReviewPerson, ReviewView, ReviewDecision])
def test_nothing_beside_it_is_deleted(world: World, model: type[Model]) -> None:
    review = shared_review(world)
    refuses(lambda one: model._default_manager.filter(review=one)[0].delete(), review)


def test_an_agency_is_still_asked_why_and_the_review_finished_and_then_nothing_is_changed(world: World) -> None:
    review = shared_review(world)
    chase_absence(kay_of(review), words="She was ill.", by=world.ann, at=world.now)
    refuses(CHANGES["who came"], review)
    close_review(review, by=world.ann, at=world.now)
    refuses(lambda one: Review.objects.filter(pk=one.pk).update(closed_at=one.held_at), review)
    refuses(lambda one: ReviewPerson.objects.filter(review=one).update(chase_words="She was away."), review)
