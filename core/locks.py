"""Locks on what has no row yet, or of which the rows are many."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def lock_key(key: UUID | str) -> None:
    """Hold this key until the transaction ends: whoever else wants it waits, though no row bears it yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
