"""Puts the database back as it was, after a test that really commits.

What stood in the tables when the world was made is kept in memory. After the test every table that differs is emptied and
filled again. Only an administrator can do this, by switching every trigger off for a session: the app may not empty
the tables, and the trail's triggers have no back door.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from tests.owner import as_administrator

KEPT: dict[str, bytes] = {}
"""The rows of each table that is not empty, as PostgreSQL copies them."""


def keep_tables() -> None:
    """Remember what stands in every table now."""
    KEPT.clear()
    with as_administrator() as administrator:
        KEPT.update(_rows_of_tables(administrator))


def restore_tables() -> None:
    """Put every table back as it was when it was remembered."""
    with as_administrator() as administrator:
        now = _rows_of_tables(administrator)
        changed = [table for table in now.keys() | KEPT.keys() if now.get(table) != KEPT.get(table)]
        administrator.execute("SET session_replication_role = replica")
        with administrator.transaction(), administrator.cursor() as cursor:
            for table in changed:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                if table in KEPT:
                    filling = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
                    with cursor.copy(filling) as copy:
                        copy.write(KEPT[table])


def _rows_of_tables(administrator: psycopg.Connection[Any]) -> dict[str, bytes]:
    """The rows of every table that is not empty."""
    names = [name for (name,) in administrator.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name)) for name in names
    )
    found = {}
    for (name,) in administrator.execute(asked).fetchall():
        reading = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(name))
        with administrator.cursor().copy(reading) as copy:
            found[name] = b"".join(bytes(piece) for piece in copy)
    return found
