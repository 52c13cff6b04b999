"""KeyedQuery: a subquery for one person's rows. Its SQL is compiled once per process; only the person's key changes.

The pages ask the same few questions again and again, and Python takes several times as long to compile one as the
database takes to answer it. Only the text of a question is kept, never an answer: it holds no person and no
permission, and each question reads the rows as they are then.

Measured: without it a coordinator's home page takes four tenths longer, and a refusal two tenths (medians, one sitting).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

STAND_IN = 7_046_029_254_386_353_131
"""The key with which the SQL is compiled. It is nobody's."""


class KeyedQuery:
    """`build` makes the query for a person's key. It may depend on nothing else that can change."""

    def __init__(self, build: Callable[[int], QuerySet[Any, Any]]) -> None:
        self.build = build
        self.compiled: tuple[str, tuple[Any, ...]] | None = None

    def __call__(self, key: int) -> RawSQL:
        """The rows for this key, to search in: `pk__in=JOINED_CIRCLES(user.pk)`."""
        sql, params = self._filled(key)
        return RawSQL(sql, params)  # noqa: S611 - the ORM wrote it, and what changes is a parameter

    def exists(self, key: int) -> RawSQL:
        """Whether there is any such row, as a condition."""
        sql, params = self._filled(key)
        return RawSQL(f"EXISTS({sql})", params, output_field=BooleanField())  # noqa: S611 - as above

    def read_keys(self, key: int) -> set[Any]:
        """The first column of the rows for this key, read now in one query of its own."""
        sql, params = self._filled(key)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return {row[0] for row in cursor.fetchall()}

    def _filled(self, key: int) -> tuple[str, tuple[Any, ...]]:
        """The SQL, and its parameters with the key in its places."""
        if self.compiled is None:
            self.compiled = self.build(STAND_IN).query.get_compiler(connection=connection).as_sql()
        sql, params = self.compiled
        return sql, tuple(type(each)(key) if each == STAND_IN else each for each in params)
