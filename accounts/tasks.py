"""The task that deletes old forms."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.submissions import forget_forms


@shared_task(name="accounts.tasks.forget_old_forms")  # type: ignore[untyped-decorator]
def forget_old_forms() -> None:
    """Each hour: delete kept forms after a day, and the record of taken forms after a month."""
    forget_forms(at=timezone.now())
