"""Looks for rows: one that a table takes, and beside it one with a single other value that the table refuses.

What a column could hold is read from its type and from the checks that speak of it. PostgreSQL judges hundreds of rows
in one question; nothing is written here.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from tests.constraints.schema import Check, Table, columns_with_types

Row = dict[str, Any]

BY_TYPE: dict[str, list[Any]] = {
    "bigint": [900_001, 900_002, 900_003, -1],
    "integer": [1, 0, 2, -1],
    "smallint": [1, 0, 2, -1, 9999],
    "numeric": [1, 0, -1],
    "boolean": [False, True],
    "date": ["2026-07-01", "2026-07-02", "2026-06-30"],
    "timestamp with time zone": [
        "2026-07-01T20:00:00Z",
        "2026-07-01T20:20:00Z",
        "2026-07-01T21:00:00Z",
        "2026-07-01T19:00:00Z",
    ],
    "time without time zone": ["19:00", "20:00", "03:00"],
    "interval": ["1 hour", "0", "-1 hour"],
    "uuid": ["6f0e7c1a-0000-4000-8000-000000000001", "6f0e7c1a-0000-4000-8000-000000000002"],
    "jsonb": [{}, []],
    "inet": ["127.0.0.1", "127.0.0.2"],
    "bytea": ["\\x00", "\\x01"],
    "character varying": ["x", "", "y"],
    "text": ["x", "", "y"],
}
"""What is tried in a column of each type. No row of the world has such a key."""

SHAPES = {
    r"^\+[1-9][0-9]{7,14}$": "+447700900123",
    r"^([A-Z]{2}-[0-9]{4}-[A-Z]|CM-[34679CDFGHJKMNPQRTX]{5,9})$": "EE-2417-Z",
    r"^[A-Z]{1,2}[0-9][A-Z0-9]?$": "CB7",
}
"""For each pattern that a check asks for, something that has it."""

EMPTY = (None, "", False)
STEPS = 60


def _values_of(table: Table, name: str) -> list[Any]:
    """What is tried in one column: its type's values, every value that a check of it names, and those beside it."""
    column = table.columns[name]
    base = re.sub(r"\(.*?\)", "", column.type)
    checks = [check.sql for check in table.checks if name in check.columns]
    values: list[Any] = [] if column.required else [None]
    if base.endswith("[]"):
        return [*values, [], ["x"], *([text] for sql in checks for text in re.findall(r"'(\w+)'", sql))]
    values += [*BY_TYPE[base], *(value for sql in checks for value in _values_named_in(sql, base))]
    return values if base == "jsonb" else list(dict.fromkeys(values))


def _values_named_in(sql: str, base: str) -> list[Any]:
    """The values that a check names, as far as they are of this type, with their neighbours."""
    texts = re.findall(r"'((?:[^']|'')*)'::", sql)
    if base in {"character varying", "text"}:
        return [SHAPES.get(text, text) for text in texts]
    if base in {"integer", "smallint", "numeric"}:
        numbers = {int(number) for number in re.findall(r"(?<![\w.])-?\d+(?![\w.])", re.sub(r"'[^']*'", "", sql))}
        return sorted({near for number in numbers for near in (number - 1, number, number + 1)})
    if base == "date":
        days = [date.fromisoformat(text) for text in texts if re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
        return [str(day + timedelta(days=by)) for day in days for by in (-1, 0, 1)]
    if base == "timestamp with time zone":
        moments = [datetime.fromisoformat(text) for text in texts if re.match(r"\d{4}-\d\d-\d\d \d\d:", text)]
        return [(moment + timedelta(hours=by)).isoformat() for moment in moments for by in (-1, 0, 1)]
    return []


class Search:
    """Rows of one table, found by changing one value after another until every rule holds. The same in every run."""

    def __init__(self, table: Table) -> None:
        self.table, self.chance = table, random.Random(table.name)
        self.values = {name: _values_of(table, name) for name in table.columns}
        spoken_of = {name for rule in (*table.checks, *table.once) for name in rule.columns}
        self.columns = [column for column in table.columns.values() if column.name in spoken_of]

    def judge(self, rows: list[Row], checks: Iterable[Check]) -> list[list[bool]]:
        """Of each row, which checks hold. One that cannot tell holds, as for PostgreSQL."""
        wanted = ", ".join(f"({check.sql}) IS NOT FALSE" for check in checks).replace("%", "%%")
        if not rows or not wanted:
            return [[] for _ in rows]
        names = [column.name for column in self.columns]
        given = json.dumps([{**{name: row[name] for name in names}, "ordinal": at} for at, row in enumerate(rows)])
        read = f"json_to_recordset(%s) AS row({columns_with_types(self.columns)}, ordinal int)"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {wanted} FROM {read} ORDER BY ordinal", [given])  # noqa: S608 - the rules are ours
            return [list(line) for line in cursor.fetchall()]

    def any_row(self) -> Row:
        """Any values at all, every second of them empty where it may be."""
        return {
            name: self.chance.choice([value for value in values if value in EMPTY] or values)
            if self.chance.random() < 0.5
            else self.chance.choice(values)
            for name, values in self.values.items()
        }

    def rows_beside(self, row: Row, columns: Iterable[str]) -> list[tuple[str, Row]]:
        """Every row with one other value in one of these columns."""
        return [(name, {**row, name: value}) for name in columns for value in self.values[name] if value != row[name]]

    def valid_row(self, extra: Iterable[Check] = ()) -> Row | None:
        """From any row, by small steps, to one for which every check holds, and whatever else is asked."""
        checks = [*self.table.checks, *extra]
        row = self.any_row()
        held = self.judge([row], checks)[0]
        for _ in range(STEPS):
            if all(held):
                return row
            broken = [check for check, holds in zip(checks, held, strict=True) if not holds]
            near = self.rows_beside(row, dict.fromkeys(name for check in broken for name in check.columns))
            verdicts = self.judge([other for _, other in near], checks)
            best = max(sum(verdict) for verdict in verdicts)
            better = [at for at, verdict in enumerate(verdicts) if sum(verdict) == best >= sum(held)]
            lost = not better or self.chance.random() < 0.1
            chosen = self.chance.randrange(len(near)) if lost else self.chance.choice(better)
            row, held = near[chosen][1], verdicts[chosen]
        return None
