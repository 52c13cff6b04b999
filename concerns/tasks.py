"""The tasks that Celery runs for the engine. Each is safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from concerns.watch.reconcile import watch as watch_over
from concerns.watch.sweep import sweep


@shared_task(name="concerns.tasks.run_due")  # type: ignore[untyped-decorator]
def run_due() -> int:
    return sweep(at=timezone.now())


@shared_task(name="concerns.tasks.watch")  # type: ignore[untyped-decorator]
def watch() -> int:
    return len(watch_over(at=timezone.now()))
