"""What happens in circles without anybody asking: meetings and reviews are planned, missing minutes are chased."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from circles.late_minutes import operations as late_minutes_operations
from circles.review import operations as review_operations
from circles.risk import operations as risk_operations
from circles.schedule import operations as schedule_operations


@shared_task(name="circles.tasks.plan_next_meetings")  # type: ignore[untyped-decorator]
def plan_next_meetings() -> int:
    """Plan the coming meetings of every circle that meets; the number that were new."""
    return schedule_operations.plan_next_meetings(at=timezone.now())


@shared_task(name="circles.tasks.plan_risk_reviews")  # type: ignore[untyped-decorator]
def plan_risk_reviews() -> int:
    """Plan the risk reviews that open now; the number that were new."""
    return risk_operations.plan_risk_reviews(at=timezone.now())


@shared_task(name="circles.tasks.plan_reviews")  # type: ignore[untyped-decorator]
def plan_reviews() -> int:
    """Plan the next review of every circle that has none to come; the number that were new."""
    return review_operations.plan_reviews(at=timezone.now())


@shared_task(name="circles.tasks.chase_minutes")  # type: ignore[untyped-decorator]
def chase_minutes() -> int:
    """Tell whoever is due to be told that minutes are missing; the number of rungs told."""
    return late_minutes_operations.chase_minutes(at=timezone.now())
