"""What PostgreSQL itself holds of each table: its columns, its checks, and what may stand there once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

COLUMNS = """
SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull
FROM pg_attribute
WHERE attnum > 0 AND NOT attisdropped AND attrelid::regclass::text = ANY (%s)
ORDER BY attrelid, attnum
"""
CHECKS = """
SELECT conrelid::regclass::text, conname, pg_get_expr(conbin, conrelid),
    (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
     WHERE attrelid = conrelid AND attnum = ANY (conkey))
FROM pg_constraint
WHERE contype = 'c' AND conrelid::regclass::text = ANY (%s)
ORDER BY conname COLLATE "C"
"""
UNIQUE_INDEXES = """
SELECT indrelid::regclass::text, relname, coalesce(pg_get_expr(indpred, indrelid), 'true'), indnullsnotdistinct,
    ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = indrelid AND attnum > 0 AND (
        attnum = ANY (indkey) OR pg_get_expr(indexprs, indrelid) ~ ('\\m' || attname || '\\M')))
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indisunique AND indrelid::regclass::text = ANY (%s)
ORDER BY relname
"""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    required: bool


@dataclass(frozen=True)
class Check:
    """One check: what must not be false, and the columns it speaks of."""

    name: str
    sql: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class UniqueIndex:
    """What may stand once: of which rows, whether two empty values are the same, and the columns it speaks of."""

    name: str
    where: str
    empty_is_the_same: bool
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    model: type[models.Model]
    columns: dict[str, Column]
    checks: tuple[Check, ...]
    """By name, as PostgreSQL looks at them: the first that is false refuses the row."""
    once: tuple[UniqueIndex, ...]

    @property
    def name(self) -> str:
        return self.model._meta.db_table


def columns_with_types(columns: Iterable[Column]) -> str:
    """Columns with their types, as PostgreSQL reads rows out of JSON."""
    return ", ".join(f'"{column.name}" {column.type}' for column in columns)


def tables_of(app: str) -> list[Table]:
    """Every table of an app, the ones that only join two others too."""
    tables = {model._meta.db_table: model for model in apps.get_app_config(app).get_models(include_auto_created=True)}
    columns, checks, once = (_rows(query, list(tables)) for query in (COLUMNS, CHECKS, UNIQUE_INDEXES))
    return [
        Table(
            model,
            {column: Column(column, *rest) for table, column, *rest in columns if table == name},
            tuple(Check(check, sql, tuple(of)) for table, check, sql, of in checks if table == name),
            tuple(
                UniqueIndex(index, where, same, tuple(of)) for table, index, where, same, of in once if table == name
            ),
        )
        for name, model in tables.items()
    ]


def _rows(query: str, tables: list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [tables])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
