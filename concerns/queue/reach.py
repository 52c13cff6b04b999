"""Whom a queue reaches: the people who work it, and which of them a message reaches."""

from __future__ import annotations

from django.db.models import F, QuerySet

from alerts.message.models import Urgency
from alerts.receipt.operations import reachable_people
from concerns.queue.models import CODENAME, Queue, QueueGroupPermission


def grants_with_people_of(area: F) -> QuerySet[QueueGroupPermission]:
    """For a statement about areas: the grants of an area's queue to teams, one row for each active person in them."""
    grants = QueueGroupPermission.objects.filter(permission__codename=CODENAME, group__user__is_active=True)
    return grants.filter(content_object__area=area)


def reaches_somebody(queue: Queue | None) -> bool:
    """Whether a concern put into this queue now is heard of outside Waymark by anybody who works it."""
    return queue is not None and bool(reachable_people(queue.workers(), Urgency.IMMEDIATE))
