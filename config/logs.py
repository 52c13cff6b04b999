"""Logging as one JSON line an event, with names and free text kept out."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from config.access_log import without_tokens

KEPT = ("alert", "concern", "rung", "why", "failure", "status_code", "task", "problems")


def settings_of(level: str) -> dict[str, Any]:
    """What Django is told of logging: everything to standard output, through the formatter below."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
        },
    }


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message and the few extras above. A traceback keeps its places, not its values."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage() if record.name.split(".")[0] != "django" else self.plain(record),
        }
        line |= {name: str(getattr(record, name)) for name in KEPT if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = self.places(record)
        return json.dumps(line)

    def plain(self, record: logging.LogRecord) -> str:
        """Django's messages carry addresses, which hold references only once a token is taken out, and never a body."""
        return without_tokens(record.getMessage())[:300]

    def places(self, record: logging.LogRecord) -> str:
        """File and line of each frame; an exception's own words may quote what somebody wrote."""
        frames = []
        step = record.exc_info[2] if record.exc_info else None
        while step is not None:
            code = step.tb_frame.f_code
            frames.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{step.tb_lineno} {code.co_name}")
            step = step.tb_next
        return " < ".join(reversed(frames[-8:]))
