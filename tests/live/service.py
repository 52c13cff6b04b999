"""A whole service of real processes on this machine, for one test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from celery import Celery

from embedded.demo import commands, die_with_parent, end_group, wait_until_it_answers
from embedded.servers import doorbell_server, free_port, postgres, with_database
from tests.databases import be_quick
from tests.letters import Letterbox, serving

ROOT = Path(__file__).resolve().parents[2]
SWEEP = "concerns.tasks.run_due"


@dataclass
class Service:
    """The running service: its addresses, its processes and its letterbox."""

    database_url: str
    redis_url: str
    smtp_port: int
    folder: Path
    letterbox: Letterbox
    port: int = field(default_factory=free_port)
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
            "DJANGO_SETTINGS_MODULE": "tests.live.settings",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "LIVE_SMTP_PORT": str(self.smtp_port),
            "LOG_LEVEL": "WARNING",
        }

    @property
    def python(self) -> list[str]:
        return [sys.executable, "-W", "ignore"]

    @property
    def broker(self) -> Celery:
        """The test's own way to ring the doorbell and to ask the workers what they did."""
        return Celery("test", broker=self.redis_url, broker_connection_retry_on_startup=True)

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Begin a command of Python in the service's surroundings."""
        return subprocess.Popen(
            [*self.python, *words], cwd=ROOT, env=self.env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=die_with_parent,
        )  # fmt: skip

    def script(self, name: str, *words: object) -> str:
        """Run one act of tests/live/acts.py in the service's own Python; the last line it says."""
        doing = self.begin("-m", "tests.live.acts", name, *[str(word) for word in words])
        out, err = doing.communicate(timeout=60)
        assert doing.returncode == 0, out + err
        return out.strip().splitlines()[-1] if out.strip() else ""

    def run_due(self) -> str:
        """The command of the system's own timer, to its end."""
        doing = self.begin("manage.py", "run_due")
        out, err = doing.communicate(timeout=60)
        assert doing.returncode == 0, out + err
        return out.strip()

    def start(self, name: str, kind: str = "") -> None:
        """Start a part: web, worker or clock; a second worker has a name of its own and the same kind."""
        kind = kind or name
        command = [
            word.replace("config.celery", "tests.live.celery") for word in commands(self.folder, self.port)[kind]
        ]
        if kind == "worker":
            command.append(f"--hostname={name}@live")
        with (self.folder / f"{name}.log").open("ab") as log:
            self.parts[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True, preexec_fn=die_with_parent,
            )  # fmt: skip

    def wait_for_web(self) -> None:
        wait_until_it_answers(f"http://127.0.0.1:{self.port}", self.parts["web"], self.folder)

    def wait_for_workers(self, count: int) -> None:
        until(lambda: len(self.broker.control.ping(timeout=0.5)) >= count, 30, f"{count} workers")

    def kill(self, name: str) -> None:
        """As a power cut would: no goodbye."""
        part = self.parts.pop(name)
        os.killpg(part.pid, signal.SIGKILL)
        part.wait(timeout=10)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query.encode()).fetchall()

    def count(self, table: str, where: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])  # noqa: S608 - the tests' own

    def end_leases(self) -> None:
        """Let the two minutes of a dead sender's lease pass."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute("UPDATE alerts_alert SET lease_until = now() WHERE state = 'sending'")

    def raise_over_http(self) -> str:
        """Ben opens the form and sends it, as his telephone would; the receipt's address."""
        session = self.script("sign_in", "ben")
        address = f"http://127.0.0.1:{self.port}/concerns/new/C-0142/"
        browser = urllib.request.build_opener()
        browser.addheaders = [("Cookie", f"sessionid={session}")]
        with browser.open(address, timeout=20) as page:
            form = page.read().decode()
            csrf = re.search(r"csrftoken=([^;]+)", page.headers["Set-Cookie"] or "")
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


def until(true: Callable[[], bool], seconds: float, why: str = "", every: float = 0.05) -> None:
    """Wait until something holds, and fail with the reason when it does not in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s: {why}"
        time.sleep(every)


@contextmanager
def prepared_database(folder: Path) -> Iterator[str]:
    """A PostgreSQL of the live tests' own; the address of a database with the world in it, to be copied."""
    with postgres(folder / "postgres") as address, doorbell_free(folder, address) as service:
        be_quick(address)
        doing = service.begin("manage.py", "migrate", "--no-input")
        out, err = doing.communicate(timeout=300)
        assert doing.returncode == 0, out + err
        service.script("build")
        yield address


@contextmanager
def doorbell_free(folder: Path, database_url: str) -> Iterator[Service]:
    """A service that only prepares: no Redis, no mail, no parts."""
    yield Service(database_url, "redis://127.0.0.1:1/0", 1, folder, Letterbox())


@contextmanager
def running_service(folder: Path, prepared: str) -> Iterator[Service]:
    """A copy of the prepared database, a Redis and an SMTP server; parts are started by the test, and ended here."""
    name = f"live_{uuid4().hex[:8]}"
    with psycopg.connect(with_database(prepared, "postgres"), autocommit=True) as connection:
        source = prepared.partition("?")[0].rpartition("/")[2]
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"'.encode())
    with ExitStack() as stack:
        doorbell = stack.enter_context(doorbell_server(folder / "redis"))
        box = Letterbox()
        smtp_port = stack.enter_context(serving(box))
        service = Service(with_database(prepared, name), doorbell, smtp_port, folder, box)
        stack.callback(lambda: [end_group(part, patience=3) for part in service.parts.values()])
        yield service
