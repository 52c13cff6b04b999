"""Every check of every table bites. Nobody lists them: a new constraint is in here because it exists.

For each column that a check speaks of, a row is found that the table takes, and beside it the same row with another
value in that column alone, which the check refuses. Both are really written. Of two columns that are both set or both
empty, each half alone is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.db import models

from tests.architecture.sources import DOMAIN
from tests.constraints.row_search import Row, Search
from tests.constraints.row_writing import name_of_refusal, roll_back, switch_triggers_off
from tests.constraints.schema import Check, Table, tables_of
from tests.owner import do_as_administrator
from tests.world import World

TRIES = 300

STAYS_EMPTY = {"concerns_queueuserpermission": "a queue is granted to teams, and never to one person"}
"""Tables whose check refuses every row."""

Side = tuple[str, str, str]
"""A check, a column, and how it is broken there: by a value `too few`, by one `too many`, or by another value."""


@dataclass
class Findings:
    """What a search has found in one table."""

    sides: dict[Side, tuple[Row, Row]] = field(default_factory=dict)
    """For each side, a row that is taken and the one beside it that is not."""
    broken: dict[str, tuple[Row, list[str]]] = field(default_factory=dict)
    """For each check, a row that breaks it, and the checks that refuse the row before it: as few as were found."""

    def note(self, column: str, row: Row, other: Row, broken: list[str]) -> None:
        how = "too few" if other[column] is None else "too many" if row[column] is None else "another"
        for place, name in enumerate(broken):
            for side in ((name, column, how), (name, column, "any")):
                self.sides.setdefault(side, (row, other))
            if name not in self.broken or len(self.broken[name][1]) > place:
                self.broken[name] = (other, broken[:place])


def is_both_or_neither(check: Check, search: Search) -> bool:
    """Whether two columns are set together: of the four ways to fill them, the two with one half are refused."""
    if len(check.columns) != 2 or any(search.table.columns[name].required for name in check.columns):
        return False
    some = {name: next(value for value in values if value is not None) for name, values in search.values.items()}
    first, second = check.columns
    ways = [{**some, first: one, second: other} for one in (None, some[first]) for other in (None, some[second])]
    return [verdict for (verdict,) in search.judge(ways, [check])] == [True, False, False, True]


def sides_of(search: Search) -> set[Side]:
    return {
        (check.name, column, how)
        for check in search.table.checks
        for column in check.columns
        for how in (["too few", "too many"] if is_both_or_neither(check, search) else ["any"])
    }


def find_rows(search: Search, wanted: set[Side]) -> Findings:
    """Rows for every side that is wanted, as far as the search can find them."""
    found, checks = Findings(), search.table.checks
    for _ in range(TRIES):
        left = wanted - set(found.sides)
        row = search.valid_row() if left else None
        if not left:
            break
        if row is not None:
            near = search.rows_beside(row, sorted({column for _, column, _ in left}))
            for (column, other), verdict in zip(near, search.judge([it for _, it in near], checks), strict=True):
                found.note(
                    column, row, other, [it.name for it, holds in zip(checks, verdict, strict=True) if not holds]
                )
    return found


def is_refused_by_name(table: Table, name: str, row: Row, before: list[str]) -> bool:
    """Whether this check refuses the row, once those that refuse it first are taken away."""
    with roll_back():
        for other in before:
            do_as_administrator(f'ALTER TABLE {table.name} DROP CONSTRAINT "{other}"')
        return name_of_refusal(table, row) == name


def faults_of(table: Table) -> list[str]:
    """Every check that does not bite, and every column that it speaks of and does not hold."""
    search = Search(table)
    wanted = sides_of(search)
    found = find_rows(search, wanted)
    faults = [f"{table.name}: no row shows {side}" for side in sorted(wanted - set(found.sides))]
    names = {check.name for check in table.checks}
    for side in sorted(wanted & set(found.sides)):
        row, other = found.sides[side]
        if name_of_refusal(table, row) in names or name_of_refusal(table, other) not in names:
            faults.append(f"{table.name}: {side} is not held by {other}")
    for check in table.checks:
        row, before = found.broken.get(check.name, ({}, []))
        if not row or not is_refused_by_name(table, check.name, row, before):
            faults.append(f"{table.name}: {check.name} refuses nothing by its name")
    return faults


@pytest.mark.parametrize("app", DOMAIN)
def test_every_check_refuses_by_its_name_and_holds_each_of_its_columns(world: World, app: str) -> None:
    switch_triggers_off()
    tables = [table for table in tables_of(app) if table.name not in STAYS_EMPTY]
    assert [fault for table in tables for fault in faults_of(table)] == []


@pytest.mark.parametrize("app", DOMAIN)
def test_the_database_has_every_check_of_the_models(world: World, app: str) -> None:
    for table in tables_of(app):
        said = {rule.name for rule in table.model._meta.constraints if isinstance(rule, models.CheckConstraint)}
        assert said <= {check.name for check in table.checks}, table.name


def test_a_table_that_stays_empty_takes_no_row(world: World) -> None:
    switch_triggers_off()
    for table in tables_of("concerns"):
        if table.name in STAYS_EMPTY:
            assert name_of_refusal(table, Search(table).any_row()) in {check.name for check in table.checks}
