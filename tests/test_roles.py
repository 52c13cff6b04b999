"""The service's own database role: weak, and weak in every table that is written once."""

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
from embedded.servers import seen_by
from tests.databases import APP, OWNER, drop_database
from tests.world import World

ROOT = Path(__file__).resolve().parents[1]

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
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def may(table: str) -> set[str]:
    """What this connection's role may do with a table, asked of PostgreSQL; a right on one column counts."""
    one_column = {"SELECT", "INSERT", "UPDATE", "REFERENCES"}
    return {
        right
        for right in ("SELECT", "INSERT", "UPDATE", "REFERENCES", "DELETE", "TRUNCATE", "TRIGGER")
        if rows(
            f"SELECT has_{'any_column' if right in one_column else 'table'}_privilege(%s, %s)", f"public.{table}", right
        )[0][0]
    }


def tables() -> list[str]:
    return [name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def test_the_tests_work_as_the_app(world: World) -> None:
    (found,) = rows("SELECT current_user, session_user")
    assert found == (APP.name, APP.name)
    assert faults_of_role(connection.connection) == []


def test_each_table_has_the_rights_of_the_list_and_no_other(world: World) -> None:
    for table in tables():
        assert may(table) == set(rights_on(table).split(", ")), table


def test_each_table_stands_on_one_list(world: World) -> None:
    assert not WRITTEN_ONCE & KEPT
    assert not (WRITTEN_ONCE | KEPT) & ONLY_READ
    assert set(tables()) >= KEPT | ONLY_READ
    assert len(WRITTEN_ONCE & set(tables())) >= 25


def test_what_a_trigger_always_refuses_the_role_may_not_even_try(world: World) -> None:
    refused = rows(REFUSING)
    assert ("audit_entry", True, True, True) in refused
    for table, on_delete, on_any_update, on_any_delete in refused:
        if on_any_update:
            assert table in WRITTEN_ONCE, f"{table} is never changed: put it on the list in core/rights.py"
        if on_delete and on_any_delete:
            assert table in WRITTEN_ONCE | KEPT, f"{table} is never deleted: put it on the list in core/rights.py"


def test_a_story_a_promise_and_a_trail_are_written_once(world: World) -> None:
    """Found by their names, so that the next one is asked for too."""
    endings = ("event", "acknowledgement", "attempt", "entry", "version", "addendum", "leadchange")
    telling = {m._meta.db_table for m in apps.get_models() if m._meta.db_table.endswith(endings)}
    telling -= {"concerns_ladderversion", "concerns_routingversion"}  # proposed by one and approved by another
    telling -= {"circles_calendarevent"}  # an event in somebody's calendar, which is no story
    assert len(telling) >= 10
    assert telling <= WRITTEN_ONCE


def test_nothing_written_once_is_changed_deleted_or_emptied(world: World) -> None:
    for table in sorted(WRITTEN_ONCE & set(tables())):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # noqa: S608
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
                rows(statement)


SUPERUSERS = [
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


@pytest.mark.parametrize("statement", SUPERUSERS)
def test_what_only_an_owner_or_a_superuser_may_do_is_refused(world: World, statement: str) -> None:
    with connections["cache"].cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(statement)


@pytest.fixture
def made() -> Iterator[tuple[str, str, str]]:
    """A database of its own with both roles, as a first start makes it: to administrator, owner and app."""
    admin, name = os.environ["ADMIN_DATABASE_URL"], f"waymark_made_{uuid4().hex[:8]}"
    for _ in range(2):
        make_roles(admin, OWNER, APP)
        make_database(admin, name, OWNER, APP)
    yield seen_by(admin, Account("postgres"), name), seen_by(admin, OWNER, name), seen_by(admin, APP, name)
    drop_database(admin, name)


def ask(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address, autocommit=True) as opened:
        done = opened.execute(query.encode())
        return done.fetchall() if done.description else []


def test_what_a_first_start_makes_may_be_made_again_and_later_tables_are_open_to_the_app(
    made: tuple[str, str, str],
) -> None:
    _, owner, app = made
    ask(owner, "CREATE TABLE audit_entry (id bigserial PRIMARY KEY); CREATE TABLE django_migrations (id int)")
    with psycopg.connect(owner, autocommit=True) as opened, opened.cursor() as cursor:
        grant_rights(cursor, APP.name)
        grant_rights(cursor, APP.name)
    ask(owner, "CREATE TABLE later (id bigserial PRIMARY KEY, word text)")
    ask(app, "INSERT INTO later (word) VALUES ('x'); UPDATE later SET word = 'y'; DELETE FROM later")
    ask(app, "INSERT INTO audit_entry DEFAULT VALUES")
    for statement in (
        "UPDATE audit_entry SET id = 2",
        "DELETE FROM audit_entry",
        "TRUNCATE later",
        "INSERT INTO django_migrations VALUES (1)",
        "CREATE TABLE made (id int)",
        "CREATE TEMPORARY TABLE made (id int)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(app, statement)


def test_a_right_given_by_hand_is_taken_back(made: tuple[str, str, str]) -> None:
    _, owner, app = made
    ask(
        owner,
        f"CREATE TABLE audit_entry (id int); GRANT ALL ON audit_entry TO {APP.name}; GRANT ALL ON audit_entry TO PUBLIC",
    )
    ask(app, "UPDATE audit_entry SET id = 2")
    with psycopg.connect(owner, autocommit=True) as opened, opened.cursor() as cursor:
        grant_rights(cursor, APP.name)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(app, "UPDATE audit_entry SET id = 2")


TOO_MUCH = {
    "is a superuser": "SELECT 1",
    "owns tables": f"CREATE TABLE owned (id int); ALTER TABLE owned OWNER TO {APP.name}",
    "may make tables": f"GRANT CREATE ON SCHEMA public TO {APP.name}",
    "may change or empty tables that are written once": (
        f"CREATE TABLE audit_entry (id int, note text); GRANT UPDATE (note) ON audit_entry TO {APP.name}"
    ),
}


@pytest.mark.parametrize("fault", sorted(TOO_MUCH))
def test_a_role_that_may_too_much_is_found_out(made: tuple[str, str, str], fault: str) -> None:
    admin, _, app = made
    ask(admin, TOO_MUCH[fault])
    with psycopg.connect(admin if fault == "is a superuser" else app) as opened:
        assert fault in faults_of_role(opened)


def test_the_owner_is_found_out_too(made: tuple[str, str, str]) -> None:
    with psycopg.connect(made[1]) as opened:
        assert faults_of_role(opened) == ["may make tables"]


def test_no_connection_is_made_in_a_role_that_may_too_much(world: World) -> None:
    """Whatever the process: the connection is looked at where it is made."""
    cache = connections["cache"].copy()
    cache.settings_dict = {**cache.settings_dict, "USER": "postgres", "PASSWORD": ""}
    with pytest.raises(RoleTooStrong, match="is a superuser"):
        cache.connect()
    assert cache.connection is None
    assert "postgres" not in checked_roles


def test_no_command_runs_as_a_superuser(world: World) -> None:
    given = seen_by(os.environ["ADMIN_DATABASE_URL"], Account("postgres"), str(connection.settings_dict["NAME"]))
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": given}
    words = ["manage.py", "shell", "-c", "from accounts.models import User; User.objects.count()"]
    told = subprocess.run(
        [sys.executable, "-W", "ignore", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert told.returncode != 0
    assert "is a superuser" in told.stderr
