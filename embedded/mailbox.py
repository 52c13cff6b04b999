"""The demo's mailbox: what would leave the building is kept beside the demo's data, and shown on a page."""

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


def file() -> Path:
    return Path(os.environ.get("WAYMARK_DATA", settings.ROOT / ".waymark" / "demo")) / "mail.jsonl"


class Mailbox(BaseEmailBackend):
    """An e-mail backend that writes one line a message, in one call, so that senders do not mix."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        file().parent.mkdir(parents=True, exist_ok=True)
        with file().open("a") as out:
            for message in email_messages:
                line = {
                    "at": timezone.now().isoformat(),
                    "to": ", ".join(message.to),
                    "subject": str(message.subject),
                    "body": str(message.body),
                }
                out.write(json.dumps(line) + "\n")
        return len(email_messages)


def latest(most: int = 40) -> list[dict[str, Any]]:
    """What went out last, the newest first: `at`, `to`, `subject`, `body`."""
    if not file().exists():
        return []
    found = [json.loads(line) for line in file().read_text().splitlines()[-most:]][::-1]
    return [{**one, "at": datetime.fromisoformat(one["at"])} for one in found]
