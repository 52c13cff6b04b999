"""Work items with a due day: overdue actions, measures to ask, and checks after a circle's end."""

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
from circles.outcome.models import CHECK_MONTHS, AdverseOutcome, end_day_of, months_between
from circles.worklist.own_circles import OwnCircles
from core.worklist import WorkItem
from core.worktime import LONDON

ASKED_BEFORE = timedelta(days=14)
"""Measures are on the coordinator's list from this long before they are due."""


def due_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Overdue actions, measures and checks that wait for this person."""
    items = _overdue_action_items_for(user, own_circles, at) if own_circles.all else []
    if user.has_role(Role.COORDINATOR):
        items += [*_measure_items_for(own_circles, at), *_check_items_for(user, own_circles, at)]
    return items


def _end_of_day(day: date) -> datetime:
    """Midnight after this day."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _last_minute_of(day: date) -> datetime:
    """23:59, so that the list names this day and not the next one."""
    return _end_of_day(day) - timedelta(minutes=1)


def _overdue_action_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Overdue actions: a volunteer's own, and all those of a coordinator's circles."""
    today = at.astimezone(LONDON).date()
    theirs = Q(volunteer__user=user) | Q(circle__in=own_circles.coordinated)
    overdue = Action.objects.visible_to(user).overdue(today).filter(theirs)
    return [
        _overdue_action_item_of(action, user)
        for action in overdue.select_related("circle__coordinator", "volunteer__user")
    ]


def _overdue_action_item_of(action: Action, user: User) -> WorkItem:
    is_coordinator = action.circle.coordinator_id == user.pk
    owner_is_another = is_coordinator and action.owner != Action.Owner.COORDINATOR
    whose = f" ({owner_of(action)} agreed to)" if owner_is_another else ""
    return WorkItem(
        title=f"Overdue: {action.words}{whose}",
        url=reverse("circles:actions", args=[action.circle.reference]),
        due_at=_last_minute_of(action.due_on),
        detail=f"Circle {action.circle.reference}",
    )


def _measure_items_for(own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Measures of a coordinator's circles that are due and not recorded."""
    due = [
        (circle, point, day)
        for circle in own_circles.coordinated.values()
        for point, day in due_days(circle).items()
        if (circle.status != Circle.Status.CLOSED or point == Point.END) and at >= _end_of_day(day) - ASKED_BEFORE
    ]
    if not due:
        return []
    recorded = LifeFacts.objects.filter(circle__in={circle.pk for circle, _, _ in due})
    recorded_points = set(recorded.values_list("circle", "point"))
    return [
        WorkItem(
            title=f"Ask the {point.label.lower()} measures",
            url=reverse("circles:record_measures", args=[circle.reference, point.value]),
            due_at=_last_minute_of(day),
            detail=f"Circle {circle.reference}",
        )
        for circle, point, day in due
        if (circle.pk, point.value) not in recorded_points
    ]


def _check_items_for(user: User, own_circles: OwnCircles, at: datetime) -> list[WorkItem]:
    """Checks due 6, 12 and 24 months after the end of a coordinator's circles (domain.md 1.4)."""
    end_days = {circle: day for circle in own_circles.coordinated.values() if (day := end_day_of(circle))}
    if not end_days:
        return []
    checks = AdverseOutcome.objects.visible_to(user).not_corrected().exclude(check_months=None)
    checks_made = set(checks.values_list("circle", "check_months"))
    today = at.astimezone(LONDON).date()
    return [
        _check_item_of(circle, months)
        for circle, day in end_days.items()
        for months in CHECK_MONTHS
        if months_between(day, today) >= months and (circle.pk, months) not in checks_made
    ]


def _check_item_of(circle: Circle, months: int) -> WorkItem:
    return WorkItem(
        title=f"Ask what became of him: {months} months after the end",
        url=reverse("circles:record_outcome", args=[circle.reference]) + f"?check={months}",
        must_act=False,
        detail=f"Circle {circle.reference}",
    )
