"""A whole service of real processes on this machine, for one test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from celery import Celery

from core.roles import make_database, make_roles
from embedded.demo import commands_of, die_with_parent
from embedded.servers import (
    address_for_role,
    address_of_database,
    free_port,
    running_postgres,
    start_redis,
    wait_for_redis,
)
from tests.databases import APP, OWNER, copy_tables, drop_database, make_fast, migrated_template
from tests.live.orders import Act, Orders, running_workshop
from tests.live.waiting import wait_until
from tests.smtp_server import Letterbox, running_letterbox

ROOT = Path(__file__).resolve().parents[2]
SWEEP = "concerns.tasks.run_due"
PREPARED, LIVE = "prepared", "live"
PYTHON = [sys.executable, "-W", "ignore"]


@dataclass(frozen=True)
class Surroundings:
    """Where everything is. It is the same for all tests, so that one workshop serves them all.

    `server` is an administrator's address; the service works as the app.
    """

    server: str
    redis_port: int = field(default_factory=free_port)
    smtp_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)

    @property
    def database_url(self) -> str:
        return address_for_role(self.server, APP, LIVE)

    @property
    def redis_url(self) -> str:
        return f"redis://127.0.0.1:{self.redis_port}/0"

    @property
    def env(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
            "DJANGO_SETTINGS_MODULE": "tests.live.settings",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.database_url,
            "ADMIN_DATABASE_URL": "",
            "OWNER_DATABASE_URL": "",
            "REDIS_URL": self.redis_url,
            "LIVE_SMTP_PORT": str(self.smtp_port),
            "LOG_LEVEL": "WARNING",
            "CELERY_SKIP_CHECKS": "1",
        }


@dataclass
class Service:
    """The running service: where it is, its workshop, its processes and its letterbox."""

    at: Surroundings
    workshop: Orders
    folder: Path
    letterbox: Letterbox
    parts: dict[str, Act] = field(default_factory=dict)
    doorbell: subprocess.Popen[bytes] | None = None

    @property
    def broker(self) -> Celery:
        """The test's own Celery app, to wake the workers and to ask what they did.

        Nothing is kept open: the next test's Redis is another one at the same port. It does not become this process's
        current app: later tests would wait five seconds for a Redis that has gone.
        """
        return Celery("test", broker=self.at.redis_url, changes={"broker_pool_limit": 0}, set_as_current=False)

    def script(self, name: str, *words: object) -> list[str]:
        """Run one act of tests/live/acts.py to its end, in a process of its own. Gives what it printed."""
        return self.workshop.begin(name, *words).printed_lines()

    def run_due(self) -> str:
        """Run the command of the system's own timer to its end, in a Python of its own. Gives what it printed."""
        command = [*PYTHON, "manage.py", "run_due"]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.at.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            preexec_fn=die_with_parent,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def start(self, name: str, kind: str = "") -> None:
        """Start a part: web, worker or clock; a second worker has a name of its own and the same kind.

        Its command is the demo's, whose own tests start it from nothing; here it starts from what is held ready.
        """
        kind = kind or name
        command = commands_of(self.folder, self.at.web_port)[kind]
        words = [word.replace("config.celery", "tests.live.celery") for word in command[command.index("-m") + 1 :]]
        if kind == "worker":
            words.append(f"--hostname={name}@live")
        self.parts[name] = self.workshop.begin("run_part", self.folder / f"{name}.log", *words)

    def wait_for_web(self) -> None:
        wait_until(self.web_answers, 30, f"web: its last words are in {self.folder}/web.log")

    def web_answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.at.web_port}/healthz") as answer:
            return bool(answer.status == 200)
        return False

    def wait_for_workers(self, count: int) -> None:
        wait_until(lambda: len(self.broker.control.ping(timeout=0.5)) >= count, 30, f"{count} workers")

    def start_redis(self) -> None:
        """A new one, empty, at the same port as before."""
        self.doorbell = start_redis(self.folder, self.at.redis_port)
        wait_for_redis(self.at.redis_url, 30)

    def kill(self, name: str) -> None:
        """Kill a part, as a power cut would."""
        self.parts.pop(name).kill()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.at.database_url) as connection:
            return connection.execute(query.encode()).fetchall()

    def count(self, table: str, where: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])  # noqa: S608 - the tests' own

    def end_leases(self) -> None:
        """Let the two minutes of a dead sender's lease pass."""
        with psycopg.connect(self.at.database_url) as connection:
            connection.execute("UPDATE alerts_alert SET lease_until = now() WHERE state = 'sending'")

    def raise_over_http(self) -> str:
        """Let Ben open the form and send it, as his telephone would. Gives the receipt's address."""
        (session,) = self.script("sign_in", "ben")
        address = f"http://127.0.0.1:{self.at.web_port}/concerns/new/C-0142/"
        browser = urllib.request.build_opener()
        browser.addheaders = [("Cookie", f"sessionid={session}")]
        with browser.open(address, timeout=20) as page:
            form = page.read().decode()
            csrf = re.search(r"csrftoken=([^;]+)", "\n".join(page.headers.get_all("Set-Cookie") or []))
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        key = re.search(r'name="submit_key" value="([^"]+)"', form)
        assert token
        assert key
        assert csrf
        words = {
            "submit_key": key[1],
            "level": "urgent",
            "words": "A second telephone.",
            "csrfmiddlewaretoken": token[1],
        }
        browser.addheaders = [("Cookie", f"sessionid={session}; csrftoken={csrf[1]}")]
        with browser.open(address, urllib.parse.urlencode(words).encode(), timeout=20) as receipt:
            return str(receipt.url)


@contextmanager
def prepared_surroundings(folder: Path) -> Iterator[tuple[Surroundings, Orders]]:
    """Start a PostgreSQL for the live tests, with the world in a database that is copied for each, and the workshop."""
    tests = os.environ["ADMIN_DATABASE_URL"]
    with running_postgres(folder / "postgres") as address:
        make_fast(address)
        make_roles(address, OWNER, APP)
        make_database(address, LIVE, OWNER, APP)
        copy_tables(tests, migrated_template(tests), address_for_role(address, OWNER, LIVE))
        at = Surroundings(address)
        with running_workshop(folder / "workshop", PYTHON, ROOT, at.env) as orders:
            orders.begin("build_world_rows").printed_lines()
            _run_on_server(at, f'ALTER DATABASE "{LIVE}" RENAME TO "{PREPARED}"')
            yield at, orders


def _run_on_server(at: Surroundings, *statements: str) -> None:
    with psycopg.connect(address_of_database(at.server, "postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@contextmanager
def running_service(folder: Path, at: Surroundings, orders: Orders) -> Iterator[Service]:
    """A copy of the prepared database, a Redis and an SMTP server; parts are started by the test.

    What still goes when the test is over is killed: whatever had to come of it has come.
    """
    drop_database(at.server, LIVE)
    make_database(at.server, LIVE, OWNER, APP, template=PREPARED)
    box = Letterbox(port=at.smtp_port)
    service = Service(at, orders, folder, box)
    try:
        with running_letterbox(box):
            service.start_redis()
            yield service
    finally:
        orders.clear()
        if service.doorbell is not None:
            service.doorbell.kill()
            service.doorbell.wait()
