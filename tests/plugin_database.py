"""Lets a test with real commits sweep the tables, which the trail's own triggers rightly refuse.

Only the tests' superuser can do this, and only by switching every trigger off for its session: there
is no back door in the triggers themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations


@pytest.fixture(scope="session", autouse=True)
def sweeping_passes_the_triggers() -> Iterator[None]:
    kept = DatabaseOperations.execute_sql_flush

    def sweep(self: Any, sql_list: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        try:
            kept(self, sql_list)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = origin")

    DatabaseOperations.execute_sql_flush = sweep
    yield
    DatabaseOperations.execute_sql_flush = kept
