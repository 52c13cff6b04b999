"""The demo's mailbox: messages are written to a file beside the demo's data, never sent, and shown on a page."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


def mailbox_path() -> Path:
    return Path(os.environ.get("WAYMARK_DATA", settings.ROOT / ".waymark" / "demo")) / "mail.jsonl"


class Mailbox(BaseEmailBackend):
    """An e-mail backend that writes each message as one line, in one call, so that two senders do not mix."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        mailbox_path().parent.mkdir(parents=True, exist_ok=True)
        with mailbox_path().open("a") as out:
            for message in email_messages:
                line = {
                    "at": timezone.now().isoformat(),
                    "to": ", ".join(message.to),
                    "subject": str(message.subject),
                    "body": str(message.body),
                }
                out.write(json.dumps(line) + "\n")
        return len(email_messages)


def latest_messages(most: int = 40) -> list[dict[str, Any]]:
    """The last messages, the newest first, each with `at`, `to`, `subject` and `body`."""
    if not mailbox_path().exists():
        return []
    messages = [json.loads(line) for line in mailbox_path().read_text().splitlines()[-most:]][::-1]
    return [{**message, "at": datetime.fromisoformat(message["at"])} for message in messages]
