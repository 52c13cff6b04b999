"""Numbers of things: counted in the database, and said in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet


def counted(number: int, singular: str, plural: str) -> str:
    """How many of a thing there are: `counted(1, "circle", "circles")` is "1 circle"."""
    return f"{number} {singular if number == 1 else plural}"


def counts_of(rows: Iterable[QuerySet[Any, Any]]) -> list[int]:
    """The number of rows in each of these, in one statement."""
    queries = [each.order_by().values("pk").query for each in rows]
    asked = [query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql() for query in queries]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"(SELECT count(*) FROM ({sql}) AS found)" for sql, _ in asked),  # noqa: S608
            [value for _, values in asked for value in values],
        )
        return [int(count) for count in cursor.fetchone()]
