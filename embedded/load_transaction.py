"""Loads demo data fast: one transaction, no log of fields, no savepoints.

Measured: a load took one minute with it, and was not done after two without it (two loads each, one sitting).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from auditlog.context import disable_auditlog
from django.db import connection, transaction

from alerts.message.nudge import ask_worker

PLAN_LITTLE = "SET LOCAL jit = off; SET LOCAL join_collapse_limit = 1; SET LOCAL from_collapse_limit = 1"
"""Over a few dozen rows, how to join them is thought about for longer than it takes."""


@contextmanager
def load_transaction() -> Iterator[None]:
    """One transaction that stands or falls whole: no savepoints, no log of fields, one knock at its end.

    The log of fields (docs/adr/0010) has no page and would say that all of it was changed in this minute. Who did what
    is in the trail, which is written as ever.
    """
    gc.disable()
    try:
        with transaction.atomic(), disable_auditlog(), without_savepoints():
            with connection.cursor() as cursor:
                cursor.execute(PLAN_LITTLE)
            yield
            connection.run_on_commit.clear()
            transaction.on_commit(ask_worker)
    finally:
        gc.enable()


@contextmanager
def without_savepoints() -> Iterator[None]:
    """An operation that fails takes all with it, which is what should become of a load that fails."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        del connection.features.uses_savepoints
