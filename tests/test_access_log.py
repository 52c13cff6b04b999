"""No token that opens something by itself reaches a log."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from types import SimpleNamespace

from gunicorn.config import Config

from config.access_log import AccessLogger
from config.logs import JsonFormatter


def test_a_private_calendars_token_is_not_in_the_web_servers_log() -> None:
    environ = {"REQUEST_METHOD": "GET", "RAW_URI": "/calendar/s3cret-tok_en.ics", "SERVER_PROTOCOL": "HTTP/1.1",
               "PATH_INFO": "/calendar/s3cret-tok_en.ics", "HTTP_REFERER": "/people/join/s3cret/"}  # fmt: skip
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])
    atoms = AccessLogger(Config()).atoms(answer, SimpleNamespace(headers=[]), environ, timedelta(seconds=1))
    assert "s3cret" not in " ".join(str(value) for name, value in atoms.items() if not name.startswith("{"))
    assert "GET /calendar/-" in atoms["r"]


def test_a_private_calendars_token_is_not_in_the_services_log() -> None:
    record = logging.LogRecord("django.request", 30, "", 1, "Not Found: %s", ("/calendar/s3cret.ics",), None)
    assert json.loads(JsonFormatter().format(record))["message"] == "Not Found: /calendar/-"
