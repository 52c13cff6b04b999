"""A row that is written once is refused by the table's own trigger too. The triggers are found in the database.

tests/test_roles.py holds that the service's role may not even try.
"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from tests.architecture.sources import DOMAIN
from tests.constraints.row_search import Row, Search
from tests.constraints.row_writing import roll_back, switch_triggers_off, write_row
from tests.constraints.schema import Table, tables_of
from tests.owner import do_as_administrator, let_app_change
from tests.test_roles import REFUSING, rows
from tests.world import World


def is_refused(statement: str) -> bool:
    """Whether a trigger refuses this, and not the rights of the role."""
    try:
        with roll_back(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as refusal:
        return "permission denied" not in str(refusal)
    return False


def a_row_of(table: Table) -> Row:
    search = Search(table)
    return next(row for row in iter(search.valid_row, 0) if row)


def test_a_row_that_is_never_changed_or_deleted_is_refused_by_its_trigger(world: World) -> None:
    tables = {table.name: table for app in DOMAIN for table in tables_of(app)}
    refusing = [line for line in rows(REFUSING) if line[0] in tables and (line[2] or (line[1] and line[3]))]
    assert len(refusing) > 10
    let_app_change(*(name for name, *_ in refusing))
    for name, on_delete, on_any_update, on_any_delete in refusing:
        switch_triggers_off()
        write_row(tables[name], a_row_of(tables[name]))
        do_as_administrator("SET LOCAL session_replication_role = origin")
        some = next(iter(tables[name].columns))
        if on_any_update:
            assert is_refused(f"UPDATE {name} SET {some} = {some}"), name  # noqa: S608
        if on_delete and on_any_delete:
            assert is_refused(f"DELETE FROM {name}"), name  # noqa: S608


@pytest.mark.parametrize("verb", ["changed", "deleted"])
def test_without_its_trigger_the_trail_could_be_written_anew(world: World, verb: str) -> None:
    """Else the test above would prove nothing."""
    let_app_change("audit_entry")
    do_as_administrator("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    statement = "UPDATE audit_entry SET id = id" if verb == "changed" else "DELETE FROM audit_entry"
    assert not is_refused(statement)
