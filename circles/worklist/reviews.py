"""Work items about reviews: the coordinator's next step, agencies to chase, views to give, late reviews."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.review.models import INVITED_AHEAD, Review, ReviewPerson
from circles.worklist.own_circles import OwnCircles
from core.worklist import WorkItem
from core.worktime import LONDON

SOON = INVITED_AHEAD / 2
"""From two weeks before a review, inviting is urgent: people may not be free."""

NEXT = {
    Review.Status.HELD: "Write review {n}",
    Review.Status.WRITTEN: "Share review {n}",
    Review.Status.SHARED: "Finish review {n}",
}


def review_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Reviews that wait for this person. Managers also get late ones of other coordinators."""
    runs = user.has_role(Role.COORDINATOR) and own_circles.coordinated
    next_steps = [*_coordinator_items_for(user, own_circles, at), *_chase_items_of(own_circles)] if runs else []
    late = _late_review_items_for(user, at) if user.has_role(Role.MANAGER) else []
    return [
        *next_steps,
        *late,
        *(_view_items_for(user, own_circles) if user.has_role(Role.VOLUNTEER) and own_circles.joined else []),
    ]


def _late_review_items_for(user: User, at: datetime) -> list[WorkItem]:
    """Reviews of other coordinators that were not held by their day (domain.md 10, rule 18)."""
    today = at.astimezone(LONDON).date()
    reviews = Review.objects.visible_to(user).exclude(circle__coordinator=user).of_living_circles()
    late = reviews.filter(held_at=None, due_on__lt=today).select_related("circle__coordinator")
    return [
        WorkItem(
            title=f"Late: review {review.number} of {review.circle.reference}",
            url=review.get_absolute_url(),
            due_at=datetime.combine(review.due_on, time(17), LONDON),
            detail=f"{review.circle.coordinator.first_name} coordinates.",
        )
        for review in late.order_by("due_on", "pk")
    ]


def _coordinator_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """The next step of each of a coordinator's reviews, from four weeks before they are due."""
    mine = Review.objects.visible_to(user).filter(circle__in=own_circles.coordinated).of_living_circles()
    horizon = (at + INVITED_AHEAD).astimezone(LONDON).date()
    unfinished = mine.exclude(status=Review.Status.CLOSED).filter(due_on__lte=horizon)
    items = [_next_step_item_of(review, at) for review in unfinished.select_related("circle").order_by("due_on")]
    return [item for item in items if item is not None]


def _next_step_item_of(review: Review, at: datetime) -> WorkItem | None:
    """The next step of one review. None while it only waits for its day."""
    if review.status in {Review.Status.SCHEDULED, Review.Status.POSTPONED}:
        due_at = datetime.combine(review.due_on, time(17), LONDON)
        return _item_of(review, f"Invite people to review {review.number}", due_at, must_act=at > due_at - SOON)
    if review.status == Review.Status.INVITED:
        begun = review.planned_for is not None and review.planned_for <= at
        return _item_of(review, f"Record who came to review {review.number}", None, must_act=True) if begun else None
    return _item_of(review, NEXT[Review.Status(review.status)].format(n=review.number), None)


def _item_of(review: Review, title: str, due_at: datetime | None, *, must_act: bool = False) -> WorkItem:
    return WorkItem(title, review.get_absolute_url(), due_at, must_act, f"Circle {review.circle.reference}")


def _chase_items_of(own_circles: OwnCircles) -> list[WorkItem]:
    """Agencies that did not come and were not asked why yet."""
    absent = (
        ReviewPerson.objects.to_chase()
        .filter(review__circle__in=own_circles.coordinated)
        .select_related("review__circle")
    )
    return [
        WorkItem(
            title=f"Ask why {person.name} did not come to review {person.review.number}",
            url=reverse("circles:review_chase", args=[person.review.reference]),
            must_act=True,
            detail=" · ".join(word for word in (person.agency, f"Circle {person.review.circle.reference}") if word),
        )
        for person in absent.order_by("pk")
    ]


def _view_items_for(user: User, own_circles: OwnCircles) -> list[WorkItem]:
    """Reviews for which this volunteer has given no view yet."""
    invited = Review.objects.visible_to(user).filter(status=Review.Status.INVITED, circle__in=own_circles.joined)
    return [
        WorkItem(
            title=f"Give your view before review {review.number}",
            url=reverse("circles:review_view", args=[review.reference]),
            due_at=review.planned_for,
            detail=f"Circle {review.circle.reference}",
        )
        for review in invited.exclude(views__person=user).select_related("circle").order_by("planned_for")
    ]
