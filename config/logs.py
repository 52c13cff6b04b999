"""Logging: one JSON line for each event, without names and free text.

The text of an exception may quote a row, and so what somebody wrote. So the log holds only its type and its place.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.secret_paths import without_tokens

KEPT = ("alert", "concern", "rung", "why", "failure", "status_code", "task", "problems")
OF_A_TASK = {"id", "name", "hostname", "runtime", "description", "internal"}
"""What Celery may log about a task: never its exception, traceback, arguments or result, which may quote somebody."""

LONGEST = 300
ADDRESS = re.compile(r"(?<![^\s<>\"'(,;])[^\s<>\"'(,;]+@[^\s<>\"'),;]+")
TELEPHONE = re.compile(r"(?<![\w.:])[+0]\d[\d ()-]{7,}\d")
ROW = re.compile(r"\b(DETAIL|CONTEXT|HINT|QUERY|STATEMENT|PARAMETERS|Failing row contains)\b.*", re.DOTALL)


def settings_of(level: str) -> dict[str, Any]:
    """Django's logging settings: everything goes to standard output, through the formatter below."""
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
    """Time, level, logger, message and the few extras above. A traceback shows places and no values."""

    def format(self, record: logging.LogRecord) -> str:
        failure = (record.exc_info[1] if record.exc_info else None) or sys.exc_info()[1]
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": plain_text_of(_message_of(record), failure),
        }
        line |= {
            name: plain_text_of(str(_safe_value_of(getattr(record, name))), failure)
            for name in KEPT
            if hasattr(record, name)
        }
        if failure is not None:
            line["exception"] = " < ".join(type(each).__name__ for each in _causes_of(failure))
            line["where"] = _frames_of(failure.__traceback__)
        return json.dumps(line)


def _message_of(record: logging.LogRecord) -> str:
    """The message with its arguments, each made safe. If they no longer fit, the message without them."""
    if not record.args:
        return str(record.msg)
    if isinstance(record.args, Mapping):
        arguments = {name: _safe_value_of(value) if name in OF_A_TASK else "-" for name, value in record.args.items()}
        return _filled(str(record.msg), arguments)
    return _filled(str(record.msg), tuple(_safe_value_of(value) for value in record.args))


def _filled(sentence: str, arguments: Mapping[str, object] | tuple[object, ...]) -> str:
    try:
        return sentence % arguments
    except (TypeError, ValueError, KeyError):
        return sentence


def _safe_value_of(value: object) -> object:
    """A number or a text unchanged; of anything else only the name of its type."""
    return value if value is None or isinstance(value, str | int | float) else type(value).__name__


def plain_text_of(text: str, failure: BaseException | None) -> str:
    """A text without the exception's words, rows, e-mail addresses, telephone numbers and tokens, and short."""
    for cause in _causes_of(failure):
        for words in sorted({str(cause), *(str(word) for word in cause.args)}, key=len, reverse=True):
            if len(words) > 3:
                text = text.replace(words, type(cause).__name__)
    text = ROW.sub("-", text).split("\n", 1)[0]
    return TELEPHONE.sub("-", ADDRESS.sub("-", without_tokens(text)))[:LONGEST]


def _causes_of(failure: BaseException | None) -> Iterator[BaseException]:
    """An exception, and the exceptions that caused it."""
    seen: set[int] = set()
    while failure is not None and id(failure) not in seen:
        seen.add(id(failure))
        yield failure
        failure = failure.__cause__ or failure.__context__


def _frames_of(step: TracebackType | None) -> str:
    """File and line of each frame."""
    frames = []
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return " < ".join(reversed(frames[-8:]))


def log_uncaught_exceptions() -> None:
    """Log uncaught exceptions in our format, in every process. Python itself would print their texts.

    An error of the settings is printed whole: it quotes no row, and somebody must mend it.
    """

    def tell(kind: type[BaseException], failure: BaseException | None, step: TracebackType | None) -> None:
        if failure is not None and issubclass(kind, Exception) and not isinstance(failure, ImproperlyConfigured):
            caught = (kind, failure, step)
            record = logging.LogRecord("uncaught", logging.CRITICAL, "", 0, "nobody caught an exception", None, caught)
            sys.stderr.write(JsonFormatter().format(record) + "\n")
        else:
            sys.__excepthook__(kind, failure or kind(), step)

    sys.excepthook = tell
    threading.excepthook = lambda failed: tell(failed.exc_type, failed.exc_value, failed.exc_traceback)
