"""What falls due in a circle beside its minutes: actions, measures, and looking back after the end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.action.forms import owner_of
from circles.action.models import Action
from circles.circle.models import Circle
from circles.measure.models import LifeFacts, Point, due_days
from circles.outcome.models import CHECKS, AdverseOutcome, end_day_of, months_between
from circles.worklist.kept import Kept
from core.worklist import WorkItem
from core.worktime import LONDON


def coming_due(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """Everything of the kinds above that this person is to do now."""
    found = overdue_actions(user, kept, at) if kept.all else []
    if user.has_role(Role.COORDINATOR):
        found += [*measures_due(kept, at), *checks_due(user, kept, at)]
    return found


ASKED_BEFORE = timedelta(days=14)
"""Measures wait on the coordinator's list from a fortnight before they are due."""


def end_of(day: date) -> datetime:
    """The moment a day is over."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def overdue_actions(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """Overdue actions: a volunteer's own, and for the coordinator all of her circles'."""
    today = at.astimezone(LONDON).date()
    mine = Q(volunteer__user=user) | Q(circle__in=kept.coordinated)
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


def measures_due(kept: Kept, at: datetime) -> list[WorkItem]:
    """The points of the coordinator's own circles that are due and not recorded."""
    due = [
        (circle, point, day)
        for circle in kept.coordinated.values()
        for point, day in due_days(circle).items()
        if (circle.status != Circle.Status.CLOSED or point == Point.END) and at >= end_of(day) - ASKED_BEFORE
    ]
    if not due:
        return []
    asked = LifeFacts.objects.filter(circle__in={circle.pk for circle, _, _ in due})
    taken = set(asked.values_list("circle", "point"))
    return [
        WorkItem(
            title=f"Ask the {point.label.lower()} measures",
            url=reverse("circles:record_measures", args=[circle.reference, point.value]),
            due_at=end_of(day) - timedelta(minutes=1),
            detail=f"Circle {circle.reference}",
        )
        for circle, point, day in due
        if (circle.pk, point.value) not in taken
    ]


def checks_due(user: User, kept: Kept, at: datetime) -> list[WorkItem]:
    """Looking back at 6, 12 and 24 months after the end of the coordinator's circles (domain.md 1.4)."""
    ended = {circle: day for circle in kept.coordinated.values() if (day := end_day_of(circle))}
    if not ended:
        return []
    made = AdverseOutcome.objects.visible_to(user).standing().exclude(check_months=None)
    answered = set(made.values_list("circle", "check_months"))
    today = at.astimezone(LONDON).date()
    return [
        checking(circle, months)
        for circle, day in ended.items()
        for months in CHECKS
        if months_between(day, today) >= months and (circle.pk, months) not in answered
    ]


def checking(circle: Circle, months: int) -> WorkItem:
    return WorkItem(
        title=f"Ask what became of him: {months} months after the end",
        url=reverse("circles:record_outcome", args=[circle.reference]) + f"?check={months}",
        must_act=False,
        detail=f"Circle {circle.reference}",
    )
