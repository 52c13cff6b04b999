"""Logging as one JSON line an event, with names and free text kept out.

What an exception says may quote a row, and so what somebody wrote: of it the log holds the kind and the place.
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
"""What Celery tells of a task that is no word of anybody's: never its exception, traceback, arguments or result."""

LONGEST = 300
ADDRESS = re.compile(r"(?<![^\s<>\"'(,;])[^\s<>\"'(,;]+@[^\s<>\"'),;]+")
TELEPHONE = re.compile(r"(?<![\w.:])[+0]\d[\d ()-]{7,}\d")
ROW = re.compile(r"\b(DETAIL|CONTEXT|HINT|QUERY|STATEMENT|PARAMETERS|Failing row contains)\b.*", re.DOTALL)


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
        failure = (record.exc_info[1] if record.exc_info else None) or sys.exc_info()[1]
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": plain(message_of(record), failure),
        }
        line |= {name: plain(str(safe(getattr(record, name))), failure) for name in KEPT if hasattr(record, name)}
        if failure is not None:
            line["exception"] = " < ".join(type(each).__name__ for each in chain(failure))
            line["where"] = places(failure.__traceback__)
        return json.dumps(line)


def message_of(record: logging.LogRecord) -> str:
    """The message with its arguments, each made safe; the bare sentence where they do not fit it any more."""
    if not record.args:
        return str(record.msg)
    if isinstance(record.args, Mapping):
        told = {name: safe(value) if name in OF_A_TASK else "-" for name, value in record.args.items()}
        return _filled(str(record.msg), told)
    return _filled(str(record.msg), tuple(safe(value) for value in record.args))


def _filled(sentence: str, told: Mapping[str, object] | tuple[object, ...]) -> str:
    try:
        return sentence % told
    except (TypeError, ValueError, KeyError):
        return sentence


def safe(value: object) -> object:
    """Numbers and words as they are; of anything else only its kind."""
    return value if value is None or isinstance(value, str | int | float) else type(value).__name__


def plain(text: str, failure: BaseException | None) -> str:
    """Without what the exception says, a row, an address, a number to ring or a token; and short."""
    for each in chain(failure):
        for said in sorted({str(each), *(str(word) for word in each.args)}, key=len, reverse=True):
            if len(said) > 3:
                text = text.replace(said, type(each).__name__)
    text = ROW.sub("-", text).split("\n", 1)[0]
    return TELEPHONE.sub("-", ADDRESS.sub("-", without_tokens(text)))[:LONGEST]


def chain(failure: BaseException | None) -> Iterator[BaseException]:
    """An exception, and those it came from."""
    seen: set[int] = set()
    while failure is not None and id(failure) not in seen:
        seen.add(id(failure))
        yield failure
        failure = failure.__cause__ or failure.__context__


def places(step: TracebackType | None) -> str:
    """File and line of each frame."""
    frames = []
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return " < ".join(reversed(frames[-8:]))


def log_what_nobody_caught() -> None:
    """For every process of the service: Python would print the exception with all it says.

    What is wrong with the settings is told in full: no row is in it, and somebody must mend it.
    """

    def tell(kind: type[BaseException], failure: BaseException | None, step: TracebackType | None) -> None:
        if failure is not None and issubclass(kind, Exception) and not isinstance(failure, ImproperlyConfigured):
            caught = (kind, failure, step)
            record = logging.LogRecord("uncaught", logging.CRITICAL, "", 0, "nobody caught an exception", None, caught)
            sys.stderr.write(JsonFormatter().format(record) + "\n")
        else:
            sys.__excepthook__(kind, failure or kind(), step)

    sys.excepthook = tell
    threading.excepthook = lambda told: tell(told.exc_type, told.exc_value, told.exc_traceback)
