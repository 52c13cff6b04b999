"""The outbox's own clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from alerts.operations import poll_texts, send_canary, send_due


@shared_task(name="alerts.tasks.send_due")  # type: ignore[untyped-decorator]
def send() -> int:
    return send_due(at=timezone.now())


@shared_task(name="alerts.tasks.poll_texts")  # type: ignore[untyped-decorator]
def poll() -> int:
    return poll_texts(at=timezone.now())


@shared_task(name="alerts.tasks.canary")  # type: ignore[untyped-decorator]
def canary() -> bool:
    return send_canary(at=timezone.now())
