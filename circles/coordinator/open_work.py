"""What is open in a circle, for its next coordinator; and what is open with a person in their circles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db.models import Count, Q
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.models.role import Role
from accounts.open_work import OpenWork
from circles.action.models import Action
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from core.counts import counted
from offenders.core_member.wall_models import not_walled_off

VOLUNTEERS = frozenset({Role.VOLUNTEER})
COORDINATORS = frozenset({Role.COORDINATOR})


@cache
def _counts_from_above() -> list[Callable[[Circle, User, datetime], list[str]]]:
    return [import_string(name) for name in settings.OPEN_IN_CIRCLES]


def open_work_in_circle(circle: Circle, *, reader: User, at: datetime) -> list[str]:
    """What the next coordinator takes over, in words. Concerns count as far as this reader may see them."""
    own = circle.actions.unfinished().filter(owner=Action.Owner.COORDINATOR)
    meetings = circle.meetings.filter(planned_at__lte=at).aggregate(
        to_approve=Count("pk", filter=Q(status=Meeting.Status.SUBMITTED)),
        unwritten=Count("pk", filter=Q(status__in=[Meeting.Status.PLANNED, Meeting.Status.DRAFT])),
    )
    counts = [
        (meetings["to_approve"], "set of minutes to approve", "sets of minutes to approve"),
        (meetings["unwritten"], "meeting without minutes", "meetings without minutes"),
        (own.count(), "action of the coordinator", "actions of the coordinator"),
        (circle.risk_reviews.unfinished().count(), "risk review", "risk reviews"),
        (circle.reviews.unheld().count(), "review to hold", "reviews to hold"),
    ]
    lines = [counted(number, singular, plural) for number, singular, plural in counts if number]
    return lines + [line for count in _counts_from_above() for line in count(circle, reader, at)]


def open_work_with(person: User, reader: User, at: datetime) -> list[OpenWork]:
    """The circles a person coordinates and belongs to, and the minutes they owe. Called through settings.OPEN_WORK."""
    coordinated = (
        Circle.objects.outside_wall(reader.pk).filter(coordinator=person).exclude(status__in=Circle.OVER).count()
    )
    work = []
    if coordinated:
        first = "Give each circle another coordinator first, on its page of people."
        work.append(OpenWork(f"Coordinates {counted(coordinated, 'circle', 'circles')}.", COORDINATORS, first))
    if not person.has_role(Role.VOLUNTEER):
        return work
    seen = not_walled_off(reader.pk, "circle__core_member")
    joined = Membership.objects.filter(seen, volunteer__user=person, left_at=None).count()
    owed = Meeting.objects.awaiting_minutes(at).filter(seen, minute_taker__user=person).count()
    if joined:
        first = "End each membership first, on the circle’s page of people."
        work.append(OpenWork(f"Belongs to {counted(joined, 'circle', 'circles')}.", VOLUNTEERS, first))
    if owed:
        words = counted(owed, "set of minutes", "sets of minutes")
        work.append(OpenWork(f"Owes {words}. Somebody else of the circle can take them over.", VOLUNTEERS))
    return work
