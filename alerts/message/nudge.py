"""A knock on the door after commit: look at the outbox now. Losing it costs seconds, never an alert."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

SWEEP = "concerns.tasks.run_due"
"""By name, so that nothing below concerns imports its tasks."""


def nudge() -> None:
    """Ask a worker to sweep once this transaction has committed. Never raises; gives up after some seconds."""
    transaction.on_commit(knock, robust=True)


def knock() -> None:
    try:
        current_app.send_task(SWEEP, ignore_result=True)
    except Exception as failure:
        logger.warning("nudge not heard", extra={"failure": type(failure).__name__})
