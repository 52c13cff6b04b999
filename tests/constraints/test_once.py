"""What may stand once does stand once: each unique index of each table refuses a second row, by its name."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import models

from tests.architecture.sources import DOMAIN
from tests.constraints.row_search import Row, Search
from tests.constraints.row_writing import name_of_refusal, roll_back, switch_triggers_off
from tests.constraints.schema import Check, Table, UniqueIndex, tables_of
from tests.constraints.test_checks import STAYS_EMPTY
from tests.owner import do_as_administrator
from tests.world import World

TRIES = 20


def rows_counted_by(search: Search, once: UniqueIndex) -> list[Row]:
    """A row that the index counts; and where two empty values are the same, one with an empty value too."""
    optional = [name for name in once.columns if not search.table.columns[name].required]
    filled = "".join(f' AND "{name}" IS NOT NULL' for name in optional if not once.empty_is_the_same)
    empty = "".join(f' AND "{name}" IS NULL' for name in optional)
    rules = [once.where + filled, *([once.where + empty] if once.empty_is_the_same else [])]
    found = [_row_for(search, Check(once.name, f"({rule})", once.columns)) for rule in rules]
    return [row for row in found if row is not None]


def _row_for(search: Search, rule: Check) -> Row | None:
    return next((row for _ in range(TRIES) if (row := search.valid_row([rule])) is not None), None)


def is_refused_twice(table: Table, once: UniqueIndex, row: Row) -> bool:
    """Whether this index keeps the same row from being written twice, alone if another index refuses it first."""
    key = str(table.model._meta.pk.column)
    again = row if key in once.columns else {**row, key: row[key] + 1 if isinstance(row[key], int) else str(uuid4())}
    return name_of_refusal(table, row, again) == once.name or _is_refused_alone(table, once, row)


def _is_refused_alone(table: Table, once: UniqueIndex, row: Row) -> bool:
    drop = "ALTER TABLE {0} DROP CONSTRAINT IF EXISTS {1} CASCADE; DROP INDEX IF EXISTS {1}"
    with roll_back():
        for other in table.once:
            if other is not once:
                do_as_administrator(drop.format(table.name, f'"{other.name}"'))
        return name_of_refusal(table, row, row) == once.name


def faults_of(table: Table) -> list[str]:
    search = Search(table)
    faults = []
    for once in table.once:
        rows = rows_counted_by(search, once)
        if len(rows) != 1 + once.empty_is_the_same or not all(is_refused_twice(table, once, row) for row in rows):
            faults.append(f"{table.name}: {once.name}")
    return faults


@pytest.mark.parametrize("app", DOMAIN)
def test_what_may_stand_once_is_refused_twice(world: World, app: str) -> None:
    switch_triggers_off()
    tables = [table for table in tables_of(app) if table.name not in STAYS_EMPTY]
    assert [fault for table in tables for fault in faults_of(table)] == []


@pytest.mark.parametrize("app", DOMAIN)
def test_the_database_has_all_that_the_models_say_may_stand_once(world: World, app: str) -> None:
    for table in tables_of(app):
        meta = table.model._meta
        named = {rule.name for rule in meta.constraints if isinstance(rule, models.UniqueConstraint)}
        columns = [{field.column} for field in meta.local_fields if field.unique]
        columns += [{meta.get_field(name).column for name in names} for names in meta.unique_together]
        assert named <= {once.name for once in table.once}, table.name
        assert all(any(set(once.columns) == held for once in table.once) for held in columns), table.name
