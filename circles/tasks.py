"""What happens in circles without anybody asking: the coming fortnight is planned, missing minutes are chased."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from circles import operations


@shared_task(name="circles.tasks.plan_next_meetings")  # type: ignore[untyped-decorator]
def plan_next_meetings() -> int:
    """Plan the coming meetings of every circle that meets; the number that were new."""
    return operations.plan_next_meetings(at=timezone.now())


@shared_task(name="circles.tasks.chase_minutes")  # type: ignore[untyped-decorator]
def chase_minutes() -> int:
    """Tell whoever is due to be told that minutes are missing; the number of rungs told."""
    return operations.chase_minutes(at=timezone.now())
