"""Ask a worker to send at once instead of at the next sweep. If this fails, an alert is seconds late, never lost."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

SWEEP = "concerns.tasks.run_due"
"""The task's name, so that this app does not import concerns."""


def nudge() -> None:
    """Ask a worker to sweep once this transaction has committed. Never raises; gives up after some seconds."""
    transaction.on_commit(ask_worker, robust=True)


def ask_worker() -> None:
    try:
        current_app.send_task(SWEEP, ignore_result=True)
    except Exception as failure:
        logger.warning("nudge not heard", extra={"failure": type(failure).__name__})
