"""A real SMTP server for the tests. It keeps what it accepts; it can be slow, hang, refuse, shut, or kill the sender."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

from embedded.servers import free_port


@dataclass
class Letterbox:
    """Keeps accepted messages in the order they came.

    `refuses` maps a first name to the answer that its mail gets; `says` is the answer for everybody else. `hangs` maps
    a first name to the seconds for which its mail gets no answer.
    """

    refuses: dict[str, str] = field(default_factory=dict)
    says: str = "250 OK"
    hangs: dict[str, float] = field(default_factory=dict)
    takes: float = 0
    kills_before: int = 0
    kills_after: int = 0
    messages: list[Message] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    server: Controller | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Answer for one recipient. `kills_before` kills the sender here: it has claimed an alert and sent nothing."""
        if self.kills_before:
            self.kills_before = _kill_process(self.kills_before)
        await asyncio.sleep(self.hangs.get(address.split("@")[0], 0))
        answer = self.refuses.get(address.split("@")[0], self.says)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Accept a message. `kills_after` kills the sender here: its message is accepted, and it does not know."""
        await asyncio.sleep(self.takes)
        self.messages.append(message_from_bytes(envelope.content))
        if self.kills_after:
            self.kills_after = _kill_process(self.kills_after)
        return "250 OK"

    def open(self) -> None:
        """Start to answer, always at the same port."""
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)
        self.server.start()

    def shut(self) -> None:
        """Stop: connections are refused."""
        if self.server is not None:
            self.server.stop()
        self.server = None

    @property
    def names(self) -> list[str]:
        """The first part of each message's address."""
        return [str(message["To"]).split("@")[0] for message in self.messages]

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]


def _kill_process(pid: int) -> int:
    """Kill a process as a power cut would. Gives 0, so that nothing more is killed."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return 0


@contextmanager
def running_letterbox(box: Letterbox) -> Iterator[int]:
    """Run the server on loopback for as long as the block lasts, and give its port."""
    box.open()
    try:
        yield box.port
    finally:
        box.shut()


@contextmanager
def letterbox(**answers: str) -> Iterator[Letterbox]:
    """Run the server and send this process's mail to it, for as long as the block lasts."""
    box = Letterbox(refuses=answers)
    with (
        running_letterbox(box) as port,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
            EMAIL_USE_TLS=False,
        ),
    ):
        yield box
