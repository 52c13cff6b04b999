"""Lets a test with real commits empty the tables, which the app may not do and the trail's triggers refuse.

Only an administrator can do this, by switching every trigger off for a session. The triggers have no back door.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.owner import as_administrator


@pytest.fixture(scope="session", autouse=True)
def sweep_as_administrator() -> Iterator[None]:
    kept = DatabaseOperations.execute_sql_flush

    def sweep(self: Any, sql_list: list[str]) -> None:
        with as_administrator() as administrator:
            administrator.execute("SET session_replication_role = replica")
            for statement in sql_list:
                administrator.execute(statement.encode())

    DatabaseOperations.execute_sql_flush = sweep
    yield
    DatabaseOperations.execute_sql_flush = kept
