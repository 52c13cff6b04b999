"""A lock by key, for what has no row yet or has many rows."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def lock_key(key: UUID | str) -> None:
    """Lock this key until the transaction ends. Anybody else who locks it waits; no row with the key is needed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
