"""Forgetting forms whose time has passed."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.submitting import forget_forms


@shared_task(name="accounts.tasks.forget_old_forms")  # type: ignore[untyped-decorator]
def forget_old_forms() -> None:
    """Each hour: words kept for a day, and what is known of forms that were taken a month ago."""
    forget_forms(at=timezone.now())
