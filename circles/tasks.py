"""Tasks of the circles: plan meetings and reviews, and chase missing minutes."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from circles.late_minutes import operations as late_minutes_operations
from circles.review import operations as review_operations
from circles.risk import operations as risk_operations
from circles.schedule import operations as schedule_operations


@shared_task(name="circles.tasks.plan_next_meetings")  # type: ignore[untyped-decorator]
def plan_next_meetings() -> int:
    """Plan the coming meetings of every circle that meets. The number of new ones."""
    return schedule_operations.plan_next_meetings(at=timezone.now())


@shared_task(name="circles.tasks.plan_risk_reviews")  # type: ignore[untyped-decorator]
def plan_risk_reviews() -> int:
    """Plan the risk reviews that open now. The number of new ones."""
    return risk_operations.plan_risk_reviews(at=timezone.now())


@shared_task(name="circles.tasks.plan_reviews")  # type: ignore[untyped-decorator]
def plan_reviews() -> int:
    """Plan the next review of every circle that has none planned. The number of new ones."""
    return review_operations.plan_reviews(at=timezone.now())


@shared_task(name="circles.tasks.chase_minutes")  # type: ignore[untyped-decorator]
def chase_minutes() -> int:
    """Send the reminders about missing minutes that are due. The number of steps taken."""
    return late_minutes_operations.chase_minutes(at=timezone.now())
