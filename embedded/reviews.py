"""Loads reviews: the first circle has one that is finished and one that people are invited to."""

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
from embedded.alerts import settle_past_alerts

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
    """Take the first circle through a whole review, and invite people to the next."""
    circle = circles["C-0142"]
    ann = people[circle.coordinator.full_name]
    met = at - timedelta(days=(at.date() - circle.started_on).days - 91)
    plan_review(circle, at=met - timedelta(days=40))
    review = circle.reviews.get()
    _invite(review, ann, planned_for=met, at=met - timedelta(days=28))
    _collect_views(review, ann, at=met - timedelta(days=3))
    _take_to_its_end(review, ann, held_at=met, at=met + timedelta(days=2))
    settle_past_alerts(f"{review.reference}:", at=met + timedelta(days=8))
    plan_reviews(at=at)
    coming = circle.reviews.latest("number")
    _invite(coming, ann, planned_for=at + timedelta(days=12), at=at - timedelta(days=9))
    give_view(coming, words=VIEWS[2], by=_volunteers_of(circle)[0], at=at - timedelta(days=2))
    settle_past_alerts(f"{coming.reference}:", at=at)
    _load_review_of_this_afternoon(circles["C-0133"], at=at)


def _load_review_of_this_afternoon(circle: Circle, *, at: datetime) -> None:
    """Bring a review forward to this afternoon. Who came and what was decided is still to be written down."""
    review = circle.reviews.get()
    _invite(review, circle.coordinator, planned_for=at - timedelta(hours=3), at=at - timedelta(days=20))
    settle_past_alerts(f"{review.reference}:", at=at)


def _volunteers_of(circle: Circle) -> list[User]:
    return [member.volunteer.user for member in circle.memberships.select_related("volunteer__user").order_by("pk")]


def _invite(review: Review, ann: User, *, planned_for: datetime, at: datetime) -> None:
    invite_to_review(
        review,
        planned_for=planned_for.replace(minute=0),
        place_code=review.circle.place_code,
        chair=ann.full_name,
        professionals=[KAY],
        by=ann,
        at=at,
    )


def _collect_views(review: Review, ann: User, *, at: datetime) -> None:
    """Write down the views of two volunteers and the core member."""
    for person, words in zip(_volunteers_of(review.circle)[:2], VIEWS, strict=False):
        give_view(review, words=words, by=person, at=at)
    note_own_view(review, how="said", words=OWN_VIEW, by=ann, at=at)


def _take_to_its_end(review: Review, ann: User, *, held_at: datetime, at: datetime) -> None:
    """Hold the review without the hostel, chase the absent, then decide, write, share and finish it."""
    people = list(review.people.order_by("pk"))
    came = {person.pk: "no" if person.name == KAY.name else "came" for person in people}
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
