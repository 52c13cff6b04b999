"""Writes rows that nothing points to, for the tables' own checks to judge: no other row and no trigger has a say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

from tests.constraints.row_search import Row
from tests.constraints.schema import Table, columns_with_types
from tests.owner import do_as_administrator


def switch_triggers_off() -> None:
    """Until the test's end no trigger fires and no foreign key is looked up; checks and unique indexes stay."""
    do_as_administrator("SET LOCAL session_replication_role = replica")


@contextmanager
def roll_back() -> Iterator[None]:
    """Whatever is done in the block is gone when it ends."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def write_row(table: Table, row: Row) -> None:
    columns = ", ".join(f'"{name}"' for name in table.columns)
    given = columns_with_types(table.columns.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM json_to_record(%s) AS row({given})",  # noqa: S608
            [json.dumps(row)],
        )


def name_of_refusal(table: Table, *rows: Row) -> str:
    """The name of what refuses one of these rows, written one after another; empty if all are taken."""
    try:
        with roll_back():
            for row in rows:
                write_row(table, row)
    except IntegrityError as refusal:
        return str(refusal.__cause__.diag.constraint_name)  # type: ignore[union-attr]
    return ""
