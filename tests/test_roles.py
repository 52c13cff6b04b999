"""The database role of the service has only the rights it needs, and fewest in tables that are written once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, connections, transaction
from django.db.utils import DatabaseError

from core.ownership import RoleTooStrong, checked_roles
from core.rights import KEPT, ONLY_READ, WRITTEN_ONCE, grant_rights, rights_on
from core.roles import Account, faults_of_role, make_database, make_roles
from embedded.servers import address_for_role
from tests.databases import APP, OWNER, drop_database
from tests.world import World

ROOT = Path(__file__).resolve().parents[1]

# The triggers that refuse a change: of which table, and whether they refuse every change or every deletion.
REFUSING = """
SELECT DISTINCT relname,
    (tgtype & 8) > 0 AS on_delete,
    (tgtype & 16) > 0 AND prosrc !~* '\\mif\\M' AS on_any_update,
    prosrc !~* '\\mif\\M' OR prosrc ~* '\\mif TG_OP (= ''DELETE'' OR|IN \\(''DELETE'')' AS on_any_delete
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND tgtype & 2 > 0 AND prosrc ~* 'raise exception'
"""


def rows(query: str, *parameters: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        fetched: list[tuple[Any, ...]] = cursor.fetchall()
        return fetched


def rights_here(table: str) -> set[str]:
    """What PostgreSQL lets this connection's role do with a table. A right on a single column counts."""
    by_column = {"SELECT", "INSERT", "UPDATE", "REFERENCES"}
    return {
        right
        for right in ("SELECT", "INSERT", "UPDATE", "REFERENCES", "DELETE", "TRUNCATE", "TRIGGER")
        if rows(
            f"SELECT has_{'any_column' if right in by_column else 'table'}_privilege(%s, %s)", f"public.{table}", right
        )[0][0]
    }


def tables() -> list[str]:
    return [name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def test_the_tests_work_as_the_app(world: World) -> None:
    (users,) = rows("SELECT current_user, session_user")
    assert users == (APP.name, APP.name)
    assert faults_of_role(connection.connection) == []


def test_the_service_has_the_rights_of_the_lists_on_each_table_and_no_other(world: World) -> None:
    for table in tables():
        assert rights_here(table) == set(rights_on(table).split(", ")), table


def test_no_table_is_on_two_lists(world: World) -> None:
    assert not WRITTEN_ONCE & KEPT
    assert not (WRITTEN_ONCE | KEPT) & ONLY_READ
    assert set(tables()) >= KEPT | ONLY_READ
    assert len(WRITTEN_ONCE & set(tables())) >= 25


def test_the_service_has_no_right_to_do_what_a_trigger_always_refuses(world: World) -> None:
    refused = rows(REFUSING)
    assert ("audit_entry", True, True, True) in refused
    for table, on_delete, on_any_update, on_any_delete in refused:
        if on_any_update:
            assert table in WRITTEN_ONCE, f"{table} is never changed: put it on the list in core/rights.py"
        if on_delete and on_any_delete:
            assert table in WRITTEN_ONCE | KEPT, f"{table} is never deleted: put it on the list in core/rights.py"


def test_events_promises_and_entries_are_written_once(world: World) -> None:
    """They are found by the ends of their names, so that a new table is tested too."""
    endings = ("event", "acknowledgement", "attempt", "entry", "version", "addendum", "leadchange")
    written = {m._meta.db_table for m in apps.get_models() if m._meta.db_table.endswith(endings)}
    written -= {"concerns_ladderversion", "concerns_routingversion"}  # one person proposes it, then another approves it
    written -= {"circles_calendarevent"}  # a date in somebody's calendar, which may change
    written -= {"offenders_wallentry"}  # it ends, and is never deleted
    assert len(written) >= 10
    assert written <= WRITTEN_ONCE


def test_nothing_written_once_is_changed_deleted_or_emptied(world: World) -> None:
    for table in sorted(WRITTEN_ONCE & set(tables())):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # noqa: S608
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
                rows(statement)


OWNERS_STATEMENTS = [
    "COPY (SELECT 'x') TO PROGRAM 'cat > /tmp/taken'",
    "COPY audit_entry TO '/tmp/taken'",
    "COPY audit_entry FROM PROGRAM 'echo'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "SELECT lo_import('/etc/passwd')",
    "SET session_replication_role = replica",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_entry_no_change ON audit_entry",
    "DROP TABLE audit_entry",
    "CREATE TABLE made (id int)",
    "CREATE FUNCTION made() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA made",
    "CREATE TEMPORARY TABLE made (id int)",
    "CREATE EXTENSION adminpack",
    "CREATE ROLE made SUPERUSER",
    "CREATE DATABASE made",
    f"ALTER ROLE {APP.name} SUPERUSER",
    f"SET ROLE {OWNER.name}",
    f"SET SESSION AUTHORIZATION {OWNER.name}",
    f"GRANT {OWNER.name} TO {APP.name}",
    "UPDATE django_migrations SET name = name",
    "ALTER SYSTEM SET fsync = off",
    "SELECT * FROM pg_authid",
]


@pytest.mark.parametrize("statement", OWNERS_STATEMENTS)
def test_the_service_is_refused_what_only_an_owner_or_a_superuser_may_do(world: World, statement: str) -> None:
    with connections["cache"].cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(statement)


@pytest.fixture
def new_database() -> Iterator[tuple[str, str, str]]:
    """A new database with both roles, made as on a first start: its addresses for administrator, owner and app."""
    admin, name = os.environ["ADMIN_DATABASE_URL"], f"waymark_made_{uuid4().hex[:8]}"
    for _ in range(2):  # twice: a second start must change nothing
        make_roles(admin, OWNER, APP)
        make_database(admin, name, OWNER, APP)
    yield (
        address_for_role(admin, Account("postgres"), name),
        address_for_role(admin, OWNER, name),
        address_for_role(admin, APP, name),
    )
    drop_database(admin, name)


def run_sql(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address, autocommit=True) as opened:
        cursor = opened.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


def test_a_first_start_may_be_repeated_and_the_app_may_use_tables_made_later(
    new_database: tuple[str, str, str],
) -> None:
    _, owner, app = new_database
    run_sql(owner, "CREATE TABLE audit_entry (id bigserial PRIMARY KEY); CREATE TABLE django_migrations (id int)")
    with psycopg.connect(owner, autocommit=True) as opened, opened.cursor() as cursor:
        grant_rights(cursor, APP.name)
        grant_rights(cursor, APP.name)
    run_sql(owner, "CREATE TABLE later (id bigserial PRIMARY KEY, word text)")
    run_sql(app, "INSERT INTO later (word) VALUES ('x'); UPDATE later SET word = 'y'; DELETE FROM later")
    run_sql(app, "INSERT INTO audit_entry DEFAULT VALUES")
    for statement in (
        "UPDATE audit_entry SET id = 2",
        "DELETE FROM audit_entry",
        "TRUNCATE later",
        "INSERT INTO django_migrations VALUES (1)",
        "CREATE TABLE made (id int)",
        "CREATE TEMPORARY TABLE made (id int)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run_sql(app, statement)


def test_a_right_given_by_hand_is_taken_back(new_database: tuple[str, str, str]) -> None:
    _, owner, app = new_database
    run_sql(
        owner,
        f"CREATE TABLE audit_entry (id int); GRANT ALL ON audit_entry TO {APP.name}; GRANT ALL ON audit_entry TO PUBLIC",
    )
    run_sql(app, "UPDATE audit_entry SET id = 2")
    with psycopg.connect(owner, autocommit=True) as opened, opened.cursor() as cursor:
        grant_rights(cursor, APP.name)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run_sql(app, "UPDATE audit_entry SET id = 2")


TOO_MUCH = {
    "is a superuser": "SELECT 1",
    "owns tables": f"CREATE TABLE owned (id int); ALTER TABLE owned OWNER TO {APP.name}",
    "may make tables": f"GRANT CREATE ON SCHEMA public TO {APP.name}",
    "may change or empty tables that are written once": (
        f"CREATE TABLE audit_entry (id int, note text); GRANT UPDATE (note) ON audit_entry TO {APP.name}"
    ),
}


@pytest.mark.parametrize("fault", sorted(TOO_MUCH))
def test_a_role_with_too_many_rights_is_reported(new_database: tuple[str, str, str], fault: str) -> None:
    admin, _, app = new_database
    run_sql(admin, TOO_MUCH[fault])
    with psycopg.connect(admin if fault == "is a superuser" else app) as opened:
        assert fault in faults_of_role(opened)


def test_the_owner_is_reported_too(new_database: tuple[str, str, str]) -> None:
    with psycopg.connect(new_database[1]) as opened:
        assert faults_of_role(opened) == ["may make tables"]


def test_no_connection_is_made_in_a_role_with_too_many_rights(world: World) -> None:
    """Every connection is checked where it is made, whatever process makes it."""
    cache = connections["cache"].copy()
    cache.settings_dict = {**cache.settings_dict, "USER": "postgres", "PASSWORD": ""}
    with pytest.raises(RoleTooStrong, match="is a superuser"):
        cache.connect()
    assert cache.connection is None
    assert "postgres" not in checked_roles


def test_no_command_runs_as_a_superuser(world: World) -> None:
    address = address_for_role(
        os.environ["ADMIN_DATABASE_URL"], Account("postgres"), str(connection.settings_dict["NAME"])
    )
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": address}
    words = ["manage.py", "shell", "-c", "from accounts.models import User; User.objects.count()"]
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert "is a superuser" in ended.stderr
