"""What falls due in a circle beside its minutes: actions, measures, and looking back after the end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.forms.action import owner_of
from circles.models import Action, AdverseOutcome, Circle, CircleEvent, LifeFacts
from circles.models.measure import Point, due_days
from circles.models.outcome import CHECKS, months_between
from core.worklist import WorkItem
from core.worktime import LONDON


def coming_due(user: User, at: datetime) -> list[WorkItem]:
    """Everything of the kinds above that this person is to do now."""
    return [*overdue_actions(user, at), *measures_due(user, at), *checks_due(user, at)]


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
                        detail=f"Circle {circle.reference}",
                    )
                )
    return items


def checks_due(user: User, at: datetime) -> list[WorkItem]:
    """Looking back at 6, 12 and 24 months after the end of the coordinator's circles (domain.md 1.4)."""
    if not user.has_role(Role.COORDINATOR):
        return []
    ended = CircleEvent.objects.filter(what=Circle.Status.CLOSED.label, circle__coordinator=user)
    closed = ended.filter(circle__in=Circle.objects.visible_to(user).values("pk")).select_related("circle")
    made = AdverseOutcome.objects.visible_to(user).standing().exclude(check_months=None)
    answered = set(made.values_list("circle", "check_months"))
    today = at.astimezone(LONDON).date()
    return [
        checking(event.circle, months)
        for event in closed
        for months in CHECKS
        if months_between(event.at.astimezone(LONDON).date(), today) >= months
        and (event.circle_id, months) not in answered
    ]


def checking(circle: Circle, months: int) -> WorkItem:
    return WorkItem(
        title=f"Ask what became of him: {months} months after the end",
        url=reverse("circles:record_outcome", args=[circle.reference]) + f"?check={months}",
        must_act=False,
        detail=f"Circle {circle.reference}",
    )
