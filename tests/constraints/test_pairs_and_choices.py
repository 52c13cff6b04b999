"""What every table must refuse, whether anybody thought of a constraint or not: half of a pair, and an unknown choice.

A pair is a nullable `…_at` with a `…_by` beside it: when it was done, and who did it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import models

from tests.architecture.sources import DOMAIN
from tests.constraints.row_search import Row, Search
from tests.constraints.row_writing import name_of_refusal, switch_triggers_off
from tests.constraints.schema import Table, tables_of
from tests.constraints.test_checks import STAYS_EMPTY
from tests.world import World

ROWS = 2
UNKNOWN = {"smallint": 9999, "integer": 9999}


def pairs_of(table: Table) -> list[tuple[str, str]]:
    """The columns of every pair."""
    return [
        (name, f"{name[:-3]}_by_id")
        for name, column in table.columns.items()
        if name.endswith("_at") and not column.required and f"{name[:-3]}_by_id" in table.columns
    ]


def choices_of(model: type[models.Model]) -> list[str]:
    """The columns that hold one of several choices."""
    return [field.column for field in model._meta.local_fields if field.choices]


def forbidden_rows_near(search: Search, row: Row) -> Iterator[tuple[str, Row]]:
    """Every row near this one that nobody may write, and what is wrong with it."""
    some = {name: next(value for value in values if value is not None) for name, values in search.values.items()}
    for at, by in pairs_of(search.table):
        yield f"{at} alone", {**row, at: some[at], by: None}
        if not search.table.columns[by].required:
            yield f"{by} alone", {**row, at: None, by: some[by]}
    for column in choices_of(search.table.model):
        yield f"an unknown {column}", {**row, column: UNKNOWN.get(search.table.columns[column].type, "¿")}


def faults_of(table: Table) -> list[str]:
    search, names = Search(table), {check.name for check in table.checks}
    rows = [row for _ in range(ROWS) if (row := search.valid_row()) is not None]
    near = [wrong for row in rows for wrong in forbidden_rows_near(search, row)]
    assert rows
    taken = {what: wrong for what, wrong in near if name_of_refusal(table, wrong) not in names}
    return [f"{table.name}: {what}: {wrong}" for what, wrong in taken.items()]


@pytest.mark.parametrize("app", DOMAIN)
def test_no_table_takes_half_a_pair_or_an_unknown_choice(world: World, app: str) -> None:
    switch_triggers_off()
    tables = [table for table in tables_of(app) if table.name not in STAYS_EMPTY]
    assert [fault for table in tables if pairs_of(table) or choices_of(table.model) for fault in faults_of(table)] == []


def test_there_are_pairs_and_choices_to_look_at(world: World) -> None:
    tables = [table for app in DOMAIN for table in tables_of(app)]
    assert sum(len(pairs_of(table)) for table in tables) > 40
    assert sum(len(choices_of(table.model)) for table in tables) > 80
