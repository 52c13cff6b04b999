"""Does as an administrator what the app may not do: on an own connection, or inside the test's transaction."""

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
"""A function in the tests' databases alone: it acts as an administrator, and the end of the test undoes it."""


@contextmanager
def as_administrator() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Connect to the database of this process as an administrator. Every statement commits at once."""
    address = address_of_database(os.environ["ADMIN_DATABASE_URL"], str(connection.settings_dict["NAME"]))
    with psycopg.connect(address, autocommit=True) as opened:
        yield opened


def do_as_administrator(statement: str, *parameters: object) -> None:
    """Run a statement that the app may not run, inside the test's own transaction, to see the triggers refuse it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tests_do(%s)", [mogrify(statement, parameters, connection) if parameters else statement])


def let_app_change(*tables: str) -> None:
    """Let the app change and delete rows that it may only add, until the test's transaction is rolled back."""
    app = connection.settings_dict["USER"]
    do_as_administrator(f'GRANT UPDATE, DELETE ON {", ".join(tables)} TO "{app}"')


def let_app_make_tables() -> None:
    """Let the app make tables, as the owner may, until the test's transaction is rolled back."""
    app = connection.settings_dict["USER"]
    do_as_administrator(f'GRANT CREATE ON SCHEMA public TO "{app}"')
