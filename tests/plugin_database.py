"""Lets a test with real commits sweep the tables, which the trail's own triggers rightly refuse, and the app may not.

Only an administrator can do this, and only by switching every trigger off for a session: there is no back
door in the triggers themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.owner import as_administrator


@pytest.fixture(scope="session", autouse=True)
def sweeping_passes_the_triggers() -> Iterator[None]:
    kept = DatabaseOperations.execute_sql_flush

    def sweep(self: Any, sql_list: list[str]) -> None:
        with as_administrator() as administrator:
            administrator.execute("SET session_replication_role = replica")
            for statement in sql_list:
                administrator.execute(statement.encode())

    DatabaseOperations.execute_sql_flush = sweep
    yield
    DatabaseOperations.execute_sql_flush = kept
