"""Keyed: a subquery of which only whose rows it means changes, so that the ORM writes its SQL once a process.

Building such a question and turning it into SQL takes Python several times as long as the answer takes the database,
and the pages ask the same few again and again. What is kept is the text of a question and never an answer: no person
and no permission is in it, and every asking reads the rows as they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

STAND_IN = 7_046_029_254_386_353_131
"""The key the SQL is written with; nobody's."""


class Keyed:
    """`build` makes the question for the key of a person; it may look at nothing else that ever changes."""

    def __init__(self, build: Callable[[int], QuerySet[Any, Any]]) -> None:
        self.build = build
        self.written: tuple[str, tuple[Any, ...]] | None = None

    def __call__(self, key: int) -> RawSQL:
        """The rows for this key, to be looked among: `pk__in=JOINED(user.pk)`."""
        sql, params = self.filled(key)
        return RawSQL(sql, params)  # noqa: S611 - the ORM wrote it, and what changes is a parameter

    def exists(self, key: int) -> RawSQL:
        """Whether there is any such row, as a condition."""
        sql, params = self.filled(key)
        return RawSQL(f"EXISTS({sql})", params, output_field=BooleanField())  # noqa: S611 - as above

    def found(self, key: int) -> set[Any]:
        """What the rows have in their first column, asked now and by itself, at one statement."""
        sql, params = self.filled(key)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return {row[0] for row in cursor.fetchall()}

    def filled(self, key: int) -> tuple[str, tuple[Any, ...]]:
        """The SQL, and its parameters with the key in its places."""
        if self.written is None:
            self.written = self.build(STAND_IN).query.get_compiler(connection=connection).as_sql()
        sql, params = self.written
        return sql, tuple(type(each)(key) if each == STAND_IN else each for each in params)
