"""Tasks of the core members: referrals that nobody answered lapse, and a late review of a risk is told of."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from offenders.referral import screening_operations
from offenders.risk import operations as risk_operations


@shared_task(name="offenders.tasks.lapse_referrals")  # type: ignore[untyped-decorator]
def lapse_referrals() -> int:
    """Let those lapse for which nobody answered for sixty days. How many."""
    return screening_operations.lapse_referrals(at=timezone.now())


@shared_task(name="offenders.tasks.tell_of_late_reviews")  # type: ignore[untyped-decorator]
def tell_of_late_reviews() -> int:
    """Tell of assessments whose review is late. How many are."""
    return risk_operations.tell_of_late_reviews(at=timezone.now())
