"""What falls due in a circle beside its minutes: actions, measures, and looking back after the end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.forms.action import owner_of
from circles.models import Action, Circle, LifeFacts
from circles.models.measure import Point, due_days
from core.worklist import WorkItem
from core.worktime import LONDON


def coming_due(user: User, at: datetime) -> list[WorkItem]:
    """Everything of the kinds above that this person is to do now."""
    return [*overdue_actions(user, at), *measures_due(user, at)]


ASKED_BEFORE = timedelta(days=14)
"""Measures wait on the coordinator's list from a fortnight before they are due."""


def end_of(day: date) -> datetime:
    """The moment a day is over."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def overdue_actions(user: User, at: datetime) -> list[WorkItem]:
    """Overdue actions: a volunteer's own, and for the coordinator all of her circles'."""
    today = at.astimezone(LONDON).date()
    mine = Q(volunteer__user=user) | Q(circle__coordinator=user)
    late = Action.objects.visible_to(user).overdue(today).filter(mine)
    return [overdue(action, user) for action in late.select_related("circle__coordinator", "volunteer__user")]


def overdue(action: Action, user: User) -> WorkItem:
    coordinates = action.circle.coordinator_id == user.pk
    others = coordinates and action.owner != Action.Owner.COORDINATOR
    whose = f" ({owner_of(action)} agreed to)" if others else ""
    return WorkItem(
        title=f"Overdue: {action.words}{whose}",
        url=reverse("circles:actions", args=[action.circle.reference]),
        due_at=end_of(action.due_on) - timedelta(minutes=1),
        must_act=not others,
        detail=f"Circle {action.circle.reference}",
    )


def measures_due(user: User, at: datetime) -> list[WorkItem]:
    """The points of the coordinator's own circles that are due and not recorded."""
    if not user.has_role(Role.COORDINATOR):
        return []
    circles = list(Circle.objects.visible_to(user).filter(coordinator=user))
    taken = set(LifeFacts.objects.filter(circle__in=circles).values_list("circle", "point"))
    items = []
    for circle in circles:
        for point, day in due_days(circle).items():
            if circle.status == Circle.Status.CLOSED and point != Point.END:
                continue
            if (circle.pk, point.value) not in taken and at >= end_of(day) - ASKED_BEFORE:
                items.append(
                    WorkItem(
                        title=f"Ask the {point.label.lower()} measures",
                        url=reverse("circles:record_measures", args=[circle.reference, point.value]),
                        due_at=end_of(day) - timedelta(minutes=1),
                        must_act=at > end_of(day),
                        detail=f"Circle {circle.reference}",
                    )
                )
    return items
