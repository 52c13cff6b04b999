"""The demo's reviews: the first circle has one behind it and one that people are invited to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import User
from circles.circle.models import Circle
from circles.review.models import Review
from circles.review.operations import (
    Professional,
    chase_absence,
    give_view,
    hold_review,
    invite_to_review,
    note_own_view,
    plan_review,
    plan_reviews,
)
from circles.review.record_operations import close_review, decide_review, share_review, write_review
from embedded.joining import settle_past

KAY = Professional("Kay Dunn", "Housing support worker", "Cambridge hostel service")
VIEWS = [
    "He comes in tired and leaves lighter. Sundays are hard for him and he says so now.",
    "He told us about the neighbour before we asked. In the spring he would not have.",
    "I would like us to talk more about work and less about the telephone.",
]
OWN_VIEW = "I used to count the days to it. Now I write down what I want to say. I would miss it."
SUMMARY = """He moved from the hostel to a flat of his own; police and probation were told beforehand and agree with it.
His licence is unchanged. His MAPPA level is unchanged.
Police report no matter of note. Probation sees him every second week."""
ACTIONS = """Alma asks the hostel service who supports him from now on, by the end of the month.
Paul brings his plan for Sundays to the next meeting."""


def load_reviews(circles: Mapping[str, Circle], people: Mapping[str, User], *, at: datetime) -> None:
    """Take the first circle through a whole review in its time, and invite people to the next."""
    circle = circles["C-0142"]
    ann = people[circle.coordinator.full_name]
    met = at - timedelta(days=(at.date() - circle.started_on).days - 91)
    plan_review(circle, at=met - timedelta(days=40))
    review = circle.reviews.get()
    invite(review, ann, planned_for=met, at=met - timedelta(days=28))
    collect(review, ann, at=met - timedelta(days=3))
    record(review, ann, held_at=met, at=met + timedelta(days=2))
    settle_past(f"{review.reference}:", at=met + timedelta(days=8))
    plan_reviews(at=at)
    coming = circle.reviews.latest("number")
    invite(coming, ann, planned_for=at + timedelta(days=12), at=at - timedelta(days=9))
    give_view(coming, words=VIEWS[2], by=volunteers_of(circle)[0], at=at - timedelta(days=2))
    settle_past(f"{coming.reference}:", at=at)
    review_of_this_afternoon(circles["C-0133"], at=at)


def review_of_this_afternoon(circle: Circle, *, at: datetime) -> None:
    """Brought forward and over: who came, what was said and what was decided are still to be written down."""
    review = circle.reviews.get()
    invite(review, circle.coordinator, planned_for=at - timedelta(hours=3), at=at - timedelta(days=20))
    settle_past(f"{review.reference}:", at=at)


def volunteers_of(circle: Circle) -> list[User]:
    return [member.volunteer.user for member in circle.memberships.select_related("volunteer__user").order_by("pk")]


def invite(review: Review, ann: User, *, planned_for: datetime, at: datetime) -> None:
    invite_to_review(
        review,
        planned_for=planned_for.replace(minute=0),
        place_code=review.circle.place_code,
        chair=ann.full_name,
        professionals=[KAY],
        by=ann,
        at=at,
    )


def collect(review: Review, ann: User, *, at: datetime) -> None:
    """Two volunteers and the core member say what they think."""
    for person, words in zip(volunteers_of(review.circle)[:2], VIEWS, strict=False):
        give_view(review, words=words, by=person, at=at)
    note_own_view(review, how="said", words=OWN_VIEW, by=ann, at=at)


def record(review: Review, ann: User, *, held_at: datetime, at: datetime) -> None:
    """Held, with the hostel missing; chased, decided, written, shared and finished."""
    people = list(review.people.order_by("pk"))
    came = {one.pk: "no" if one.name == KAY.name else "came" for one in people}
    hold_review(review, held_at=held_at.replace(minute=0), chair=ann.full_name, came=came, by=ann, at=at)
    for absent in review.people.to_chase():
        words = "I rang her. The letter went to her old office; she wants to come to the next one."
        chase_absence(absent, words=words, by=ann, at=at + timedelta(days=1))
    decide_review(
        review, decision="weekly", reason="He uses the meetings well, and the move to the flat is new.", by=ann, at=at
    )
    write_review(review, summary=SUMMARY, actions_agreed=ACTIONS, by=ann, at=at + timedelta(days=3))
    share_review(review, by=ann, at=at + timedelta(days=4))
    close_review(review, by=ann, at=at + timedelta(days=5))
