"""A server that speaks GOV.UK Notify's documented protocol. It checks every token and keeps every text."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import override_settings

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"waymark-{SERVICE}-{SECRET}"
TEMPLATE = "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"
TOKEN_LIVES = 30
TEXTS_TOKEN, MAILS_TOKEN = "what-notify-shows-us", "what-the-mail-provider-shows-us"


@dataclass
class NotifyServer:
    """The texts it was sent, and how it misbehaves: `refuses` is a status with which it answers every call."""

    texts: list[dict[str, Any]] = field(default_factory=list)
    refuses: int = 0
    finds_number_wrong: bool = False
    takes: float = 0
    hangs_up_after_accepting: int = 0
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, authorization: str, body: bytes) -> tuple[int, dict[str, Any]]:
        self.asked.append(f"{method} {path}")
        time.sleep(self.takes)
        if self.refuses:
            return _error(self.refuses, "Error", "told to refuse")
        wrong = _fault_of_token(authorization)
        if wrong:
            return _error(403, "AuthError", wrong)
        if method == "POST" and path == "/v2/notifications/sms":
            return self.accept(json.loads(body))
        return self.tell(path)

    def accept(self, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if sent.get("template_id") != TEMPLATE or set(sent.get("personalisation", {})) != {"message"}:
            return _error(400, "BadRequestError", "Missing personalisation: message")
        if self.finds_number_wrong or not re.fullmatch(r"\+[1-9][0-9]{7,14}", sent.get("phone_number", "")):
            return _error(400, "ValidationError", "phone_number Not a valid phone number")
        text = {"id": str(uuid.uuid4()), "status": "sending", **sent}
        self.texts.append(text)
        content = {"body": sent["personalisation"]["message"], "from_number": "GOVUK"}
        return 201, {"id": text["id"], "reference": sent.get("reference"), "content": content}

    def tell(self, path: str) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(path)
        if parts.path == "/v2/notifications":
            reference = parse_qs(parts.query).get("reference", [""])[0]
            found = [text for text in self.texts if text["reference"] == reference]
            return 200, {"notifications": found, "links": {}}
        for text in self.texts:
            if parts.path == f"/v2/notifications/{text['id']}":
                return 200, text
        return _error(404, "NoResultFound", "No result found")

    def to(self, number: str) -> list[str]:
        """The words that were sent to a number."""
        return [text["personalisation"]["message"] for text in self.texts if text["phone_number"] == number]


def _error(status: int, kind: str, words: str) -> tuple[int, dict[str, Any]]:
    return status, {"status_code": status, "errors": [{"error": kind, "message": words}]}


def _fault_of_token(authorization: str) -> str:
    """Notify's error for this token; empty if the token is right."""
    try:
        head, claims, signature = authorization.removeprefix("Bearer ").split(".")
        said, told = json.loads(decode_part(head)), json.loads(decode_part(claims))
    except ValueError:
        return "Invalid token: API token is not valid"
    right = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    if said != {"typ": "JWT", "alg": "HS256"} or not hmac.compare_digest(right, decode_part(signature)):
        return "Invalid token: signature, api token not found"
    if told.get("iss") != SERVICE:
        return "Invalid token: service not found"
    if abs(time.time() - told.get("iat", 0)) > TOKEN_LIVES:
        return "Error: Your system clock must be accurate to within 30 seconds"
    return ""


def decode_part(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def handler_of(server: NotifyServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(b"")

        def do_POST(self) -> None:
            self.reply(self.rfile.read(int(self.headers["Content-Length"])))

        def reply(self, body: bytes) -> None:
            status, told = server.answer(self.command, self.path, self.headers.get("Authorization", ""), body)
            if status == 201 and server.hangs_up_after_accepting:
                server.hangs_up_after_accepting -= 1
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            raw = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    return Handler


@contextmanager
def notify_server(**settings: Any) -> Iterator[NotifyServer]:
    """The server, running, and the service set up to send its texts there."""
    told = NotifyServer()
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(told))
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, args=(0.05,))
    thread.start()
    ours = {
        "NOTIFY_ADDRESS": f"http://127.0.0.1:{running.server_port}",
        "NOTIFY_API_KEY": KEY,
        "NOTIFY_TEXT_TEMPLATE": TEMPLATE,
        "TEXTS_RECEIPTS_TOKEN": TEXTS_TOKEN,
        "MAILS_RECEIPTS_TOKEN": MAILS_TOKEN,
    }
    try:
        with override_settings(**{**ours, **settings}):
            yield told
    finally:
        running.shutdown()
        thread.join()
        running.server_close()
