"""What the app may not do, and a test wants done: as an administrator, on a connection of its own or in its transaction."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.postgresql.psycopg_any import mogrify

from embedded.servers import address_of_database

IN_THE_TRANSACTION = """
    CREATE FUNCTION public.tests_do(statement text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    AS $$ BEGIN EXECUTE statement; END $$
"""
"""Only in the tests' copies of the database: what an administrator does there and the test's end undoes."""


@contextmanager
def as_administrator() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection of an administrator's to the database of this process, which commits at once."""
    address = address_of_database(os.environ["ADMIN_DATABASE_URL"], str(connection.settings_dict["NAME"]))
    with psycopg.connect(address, autocommit=True) as opened:
        yield opened


def do_as_administrator(statement: str, *parameters: object) -> None:
    """Within the test's own transaction: what the app may not do at all, so that the triggers are seen to bite."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tests_do(%s)", [mogrify(statement, parameters, connection) if parameters else statement])


def let_app_change(*tables: str) -> None:
    """Until the test's transaction is rolled back the app may change and delete rows that it otherwise only adds."""
    app = connection.settings_dict["USER"]
    do_as_administrator(f'GRANT UPDATE, DELETE ON {", ".join(tables)} TO "{app}"')


def let_app_make_tables() -> None:
    """Until the test's transaction is rolled back, as the owner may while it migrates."""
    app = connection.settings_dict["USER"]
    do_as_administrator(f'GRANT CREATE ON SCHEMA public TO "{app}"')
