"""Tasks of the core members: referrals that nobody answered lapse."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from offenders.referral import screening_operations


@shared_task(name="offenders.tasks.lapse_referrals")  # type: ignore[untyped-decorator]
def lapse_referrals() -> int:
    """Let those lapse for which nobody answered for sixty days. How many."""
    return screening_operations.lapse_referrals(at=timezone.now())
