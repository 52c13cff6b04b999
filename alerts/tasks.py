"""Tasks that ask Notify about texts, and send the canary. What is due is sent by the engine’s sweep."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from alerts.receipt.operations import poll_texts
from alerts.watch.canary import send_canary


@shared_task(name="alerts.tasks.poll_texts")  # type: ignore[untyped-decorator]
def poll() -> int:
    return poll_texts(at=timezone.now())


@shared_task(name="alerts.tasks.canary")  # type: ignore[untyped-decorator]
def canary() -> bool:
    return send_canary(at=timezone.now())
