"""Makes reviews of the Ely circle in the state that a test needs, by operations."""

from __future__ import annotations

from datetime import timedelta

from circles.review.models import Review, ReviewPerson
from circles.review.operations import (
    Professional,
    give_view,
    hold_review,
    invite_to_review,
    note_own_view,
    plan_reviews,
)
from circles.review.record_operations import decide_review, share_review, write_review
from circles.review.view_models import ReviewView
from tests.world import World

KAY = Professional("Kay Dunn", "Probation officer", "Probation Service")


def fetch_again(review: Review) -> Review:
    return Review.objects.select_related("circle").get(pk=review.pk)


def planned_review(world: World) -> Review:
    plan_reviews(at=world.now)
    return world.ely.reviews.get()


def invited_review(world: World) -> Review:
    review = invite_to_review(
        planned_review(world),
        planned_for=world.now + timedelta(days=28),
        place_code="elm",
        chair="Ann Farrowby",
        professionals=[KAY],
        by=world.ann,
        at=world.now,
    )
    return fetch_again(review)


def review_with_views(world: World) -> Review:
    review = invited_review(world)
    give_view(review, words="He talks to us. Tom Quayle and I think it helps.", by=world.ben, at=world.now)
    note_own_view(review, how=ReviewView.How.SAID, words="I look forward to it.", by=world.ann, at=world.now)
    return fetch_again(review)


def held_review(world: World, kay: str = "no") -> Review:
    review = review_with_views(world)
    came = dict.fromkeys(review.people.values_list("pk", flat=True), "came")
    came[review.people.get(name=KAY.name).pk] = kay
    hold_review(review, held_at=world.now, chair="Ann Farrowby", came=came, by=world.ann, at=world.now)
    return fetch_again(review)


def decided_review(world: World, kay: str = "no") -> Review:
    review = held_review(world, kay)
    decide_review(review, decision="weekly", reason="It holds him.", by=world.ann, at=world.now)
    return fetch_again(review)


def written_review(world: World, kay: str = "no", summary: str = "Mr QUAYLE drove him. All is well.") -> Review:
    review = decided_review(world, kay)
    write_review(review, summary=summary, actions_agreed="Ann rings the hostel.", by=world.ann, at=world.now)
    return fetch_again(review)


def shared_review(world: World, kay: str = "no") -> Review:
    return fetch_again(share_review(written_review(world, kay), by=world.ann, at=world.now))


def kay_of(review: Review) -> ReviewPerson:
    return review.people.get(name=KAY.name)
