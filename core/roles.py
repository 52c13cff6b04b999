"""The two database roles, and the check that the app's role is not too strong.

The owner owns the tables and runs `migrate`. The app is everything else: web, worker, clock, commands. It is no
superuser, owns no table, makes no table, and may change only what core/rights.py allows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from core.rights import ONLY_READ, WRITTEN_ONCE

QUIET_LOG = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_duration": "off",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""Settings that keep narrative out of the server's log, where a failing statement would quote it. The service itself logs
what failed, and where."""

ORDINARY = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


@dataclass(frozen=True)
class Account:
    """The name of a role, and its password if the server asks for one."""

    name: str
    password: str = field(default="", repr=False)


def make_roles(admin: str, owner: Account, app: Account) -> None:
    """Make both roles, with these passwords. `admin` connects as an administrator. It may be run again."""
    with psycopg.connect(admin, autocommit=True) as connection:
        for account in (owner, app):
            name = sql.Identifier(account.name)
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [account.name]).fetchone()
            if not known:
                connection.execute(sql.SQL("CREATE ROLE {}").format(name))
            connection.execute(sql.SQL(f"ALTER ROLE {{}} {ORDINARY}").format(name))
            if account.password:
                hashed = connection.pgconn.encrypt_password(
                    account.password.encode(), account.name.encode(), b"scram-sha-256"
                )
                connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(hashed.decode())))


def make_database(admin: str, name: str, owner: Account, app: Account, *, template: str = "") -> None:
    """Make the owner's database unless it exists. Only the owner and the app may connect to it."""
    with psycopg.connect(admin, autocommit=True) as connection:
        database, owning, using = sql.Identifier(name), sql.Identifier(owner.name), sql.Identifier(app.name)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            copying = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owning) + copying)
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, owning))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, using))
        for setting, value in QUIET_LOG.items():
            connection.execute(sql.SQL(f"ALTER DATABASE {{}} SET {setting} = {value}").format(database))
    with psycopg.connect(make_conninfo(admin, dbname=name), autocommit=True) as connection:
        connection.execute("ALTER SCHEMA public OWNER TO pg_database_owner")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


TOO_STRONG = """
WITH me AS (SELECT * FROM pg_roles WHERE rolname IN (current_user, session_user))
SELECT
    EXISTS (SELECT FROM me WHERE rolsuper),
    EXISTS (SELECT FROM me WHERE rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls),
    EXISTS (SELECT FROM pg_auth_members WHERE member IN (SELECT oid FROM me)),
    EXISTS (SELECT FROM pg_class WHERE relowner IN (SELECT oid FROM me) AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')),
    has_database_privilege(current_database(), 'CREATE')
        OR EXISTS (SELECT FROM pg_namespace WHERE nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE')),
    EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND (has_table_privilege(oid, 'TRUNCATE') OR has_table_privilege(oid, 'TRIGGER')
            OR relname = ANY (%s)
                AND (has_any_column_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE'))))
"""
FAULTS = [
    "is a superuser",
    "may make roles or databases",
    "is a member of another role",
    "owns tables",
    "may make tables",
    "may change or empty tables that are written once",
]


def faults_of_role(connection: psycopg.Connection[tuple[bool, ...]]) -> list[str]:
    """What this connection's role may do and the app's role must not, in words."""
    found = connection.execute(TOO_STRONG, [sorted(WRITTEN_ONCE | ONLY_READ)]).fetchone() or ()
    return [fault for fault, holds in zip(FAULTS, found, strict=True) if holds]
