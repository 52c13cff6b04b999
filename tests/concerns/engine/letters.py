"""A real SMTP server for the engine's tests: it keeps what it accepts, and can refuse or cut off."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

from embedded.servers import free_port


@dataclass
class Letterbox:
    """Keeps accepted messages as (to, Message-ID). `refuses` maps a first name to the answer its mail gets."""

    refuses: dict[str, str] = field(default_factory=dict)
    kills_before: int = 0
    kills_after: int = 0
    accepted: list[tuple[str, str]] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Where a sender can be killed that has claimed an alert and sent nothing."""
        if self.kills_before:
            os.kill(self.kills_before, signal.SIGKILL)
        answer = self.refuses.get(address.split("@")[0], "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Where a sender can be killed whose message is accepted, before it hears of it."""
        lines = envelope.content.decode().splitlines()
        sent_as = next(line.partition(": ")[2] for line in lines if line.startswith("Message-ID"))
        self.accepted.append((envelope.rcpt_tos[0].split("@")[0], sent_as))
        if self.kills_after:
            os.kill(self.kills_after, signal.SIGKILL)
        return "250 OK"

    @property
    def names(self) -> list[str]:
        """To whom, in the order it was accepted."""
        return [name for name, _ in self.accepted]


@contextmanager
def letterbox(**answers: str) -> Iterator[Letterbox]:
    """The server, and this process's mail sent to it, while the block lasts."""
    box = Letterbox(refuses=answers)
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    smtp = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": box.port, "EMAIL_USE_TLS": False,
    }  # fmt: skip
    try:
        with override_settings(**smtp):
            yield box
    finally:
        server.stop()
