"""A whole service of real processes on this machine, for one test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from uuid import uuid4

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from embedded.demo import commands, end_group, wait_until_it_answers
from embedded.servers import doorbell_server, free_port, make_database, postgres, with_database

ROOT = Path(__file__).resolve().parents[2]


class Letterbox(MessageHandler):
    """Keeps every message, with the moment it came."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)

    def names(self) -> list[str]:
        """To whom, in the order they came, by the first part of the address."""
        return [str(message["To"]).split("@")[0] for message in self.messages]


@dataclass
class Service:
    """The running service: its addresses, its processes and its letterbox."""

    database_url: str
    redis_url: str
    redis_port: int
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

    def manage(self, *words: str, script: str = "") -> str:
        """One management command, or a script in the service's own Python; its output."""
        command = [sys.executable, "-W", "ignore", *(["-c", script] if script else ["manage.py", *words])]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, kind: str = "") -> None:
        """Start a part: web, worker or clock; a second worker has a name of its own and the same kind."""
        command = commands(self.folder, self.port)[kind or name]
        log = (self.folder / f"{name}.log").open("ab")
        self.parts[name] = subprocess.Popen(
            [word if word != "config.celery" else "tests.live.celery" for word in command],
            cwd=ROOT, env=self.env, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        if (kind or name) == "web":
            wait_until_it_answers(f"http://127.0.0.1:{self.port}", self.parts[name], self.folder)

    def kill(self, name: str) -> None:
        """As a power cut would: no goodbye."""
        part = self.parts.pop(name)
        os.killpg(part.pid, signal.SIGKILL)
        part.wait(timeout=10)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query.encode()).fetchall()


def until(true: Callable[[], bool], seconds: float, why: str = "") -> None:
    """Wait until something holds, and fail with the reason when it does not in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s {why}"
        time.sleep(0.1)


@contextmanager
def running_service(folder: Path) -> Iterator[Service]:
    """PostgreSQL, Redis and SMTP, migrated and with the world in it; parts are started by the test."""
    with ExitStack() as stack:
        base = stack.enter_context(postgres(folder / "postgres"))
        name = f"live_{uuid4().hex[:8]}"
        make_database(base, name)
        port = free_port()
        doorbell = stack.enter_context(doorbell_server(folder / "redis", port))
        letterbox = Letterbox()
        smtp = Controller(letterbox, hostname="127.0.0.1", port=free_port())
        smtp.start()
        stack.callback(smtp.stop)
        service = Service(with_database(base, name), doorbell, port, smtp.port, folder, letterbox)
        stack.callback(lambda: [end_group(part, patience=3) for part in service.parts.values()])
        service.manage("migrate", "--no-input")
        service.manage(script=BUILD)
        yield service


BUILD = """
import django; django.setup()
from django.utils import timezone
from tests.world import build
build(timezone.now().replace(second=0, microsecond=0))
"""
