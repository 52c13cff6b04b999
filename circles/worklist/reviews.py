"""What a review wants of whom: to be prepared, recorded, shared; an agency to be chased; a view to be given."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.review.models import INVITED_AHEAD, Review, ReviewPerson
from circles.worklist.kept import Kept
from core.worklist import WorkItem
from core.worktime import LONDON

SOON = INVITED_AHEAD / 2
"""Two weeks before it is due, people who are not invited yet will hardly be free."""

NEXT = {
    Review.Status.HELD: "Write review {n}",
    Review.Status.WRITTEN: "Share review {n}",
    Review.Status.SHARED: "Finish review {n}",
}


def reviews_waiting(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """What reviews want of a coordinator and of a volunteer; late ones, for a manager too."""
    runs = user.has_role(Role.COORDINATOR) and kept.coordinated
    running = [*to_run(user, kept, at), *to_chase(kept)] if runs else []
    late = late_ones(user, at) if user.has_role(Role.MANAGER) else []
    return [*running, *late, *(views_to_give(user, kept) if user.has_role(Role.VOLUNTEER) and kept.joined else [])]


def late_ones(user: User, at: datetime) -> list[WorkItem]:
    """Reviews of circles other than her own whose day is over and which were not held (domain.md 10, rule 18)."""
    today = at.astimezone(LONDON).date()
    seen = Review.objects.visible_to(user).exclude(circle__coordinator=user).of_living_circles()
    late = seen.filter(held_at=None, due_on__lt=today).select_related("circle__coordinator")
    return [
        WorkItem(
            title=f"Late: review {review.number} of {review.circle.reference}",
            url=review.get_absolute_url(),
            due_at=datetime.combine(review.due_on, time(17), LONDON),
            detail=f"{review.circle.coordinator.first_name} coordinates.",
        )
        for review in late.order_by("due_on", "pk")
    ]


def to_run(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """The coordinator's reviews, from four weeks before they are due."""
    mine = Review.objects.visible_to(user).filter(circle__in=kept.coordinated).of_living_circles()
    horizon = (at + INVITED_AHEAD).astimezone(LONDON).date()
    open_ones = mine.exclude(status=Review.Status.CLOSED).filter(due_on__lte=horizon)
    items = [running(review, at) for review in open_ones.select_related("circle").order_by("due_on")]
    return [item for item in items if item is not None]


def running(review: Review, at: datetime) -> WorkItem | None:
    """The next step of one review; None while it waits for its day."""
    if review.status in {Review.Status.SCHEDULED, Review.Status.POSTPONED}:
        due_at = datetime.combine(review.due_on, time(17), LONDON)
        return item(review, f"Invite people to review {review.number}", due_at, must_act=at > due_at - SOON)
    if review.status == Review.Status.INVITED:
        begun = review.planned_for is not None and review.planned_for <= at
        return item(review, f"Record who came to review {review.number}", None, must_act=True) if begun else None
    return item(review, NEXT[Review.Status(review.status)].format(n=review.number), None)


def item(review: Review, title: str, due_at: datetime | None, *, must_act: bool = False) -> WorkItem:
    return WorkItem(title, review.get_absolute_url(), due_at, must_act, f"Circle {review.circle.reference}")


def to_chase(kept: Kept) -> list[WorkItem]:
    """Agencies that did not come, until somebody has asked them why."""
    away = ReviewPerson.objects.to_chase().filter(review__circle__in=kept.coordinated).select_related("review__circle")
    return [
        WorkItem(
            title=f"Ask why {person.name} did not come to review {person.review.number}",
            url=reverse("circles:review_chase", args=[person.review.reference]),
            must_act=True,
            detail=" · ".join(word for word in (person.agency, f"Circle {person.review.circle.reference}") if word),
        )
        for person in away.order_by("pk")
    ]


def views_to_give(user: User, kept: Kept) -> list[WorkItem]:
    """Reviews a volunteer belongs to and has given no view of yet."""
    invited = Review.objects.visible_to(user).filter(status=Review.Status.INVITED, circle__in=kept.joined)
    return [
        WorkItem(
            title=f"Give your view before review {review.number}",
            url=reverse("circles:review_view", args=[review.reference]),
            due_at=review.planned_for,
            detail=f"Circle {review.circle.reference}",
        )
        for review in invited.exclude(views__person=user).select_related("circle").order_by("planned_for")
    ]
