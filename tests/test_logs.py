"""No log holds a token that opens something by itself, or a word that somebody wrote."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from django.db import DatabaseError, connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver
from gunicorn.config import Config
from hypothesis import given
from hypothesis import strategies as st

from config.access_log import AccessLogger
from config.logs import JsonFormatter
from config.secret_paths import SECRET_PATHS, without_tokens
from tests.examples import with_examples
from tests.owner import as_administrator
from tests.world import World

ROOT = Path(__file__).resolve().parents[1]
POISON = "s3cret-tok_en"
WORDS = "He meets a girl of nine"

HARMLESS = {"ReferenceConverter", "IntConverter", "SlotConverter", "SlugConverter"}
"""What such a part names is opened by whoever may see it, and by nobody else."""
OPEN_NOTHING = {
    "people/me/sessions/<str:session>/end/": "a hash of a hash of the cookie",
    "people/me/kept/<uuid:key>/": "given back to the person it was drawn for",
    "concerns/drafts/<uuid:key>/discard/": "its author's alone",
}


def routes(
    patterns: Iterable[URLPattern | URLResolver], before: str = "", kinds_before: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Every address with parts in it, and the kinds of its parts."""
    for pattern in patterns:
        own = str(pattern.pattern).removeprefix("^")
        kinds = kinds_before | {type(each).__name__ for each in getattr(pattern.pattern, "converters", {}).values()}
        if "(?P<" in own:
            kinds |= {"a regular expression"}
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + own, kinds)
        elif kinds:
            yield before + own, kinds


SECRET = [
    route for route, kinds in routes(get_resolver().url_patterns) if not kinds <= HARMLESS and route not in OPEN_NOTHING
]


def address_of(route: str, token: str = POISON) -> str:
    """An address of this route whose parts are all poison."""
    return "/" + re.sub(r"\(\?P<[^>]+>.*?\)|<[^>]+>", token, route).removesuffix("$").removesuffix("\\Z")


def test_the_addresses_that_open_something_are_these() -> None:
    assert len(SECRET) >= 4
    for route in SECRET:
        assert f"/{route}".startswith(SECRET_PATHS), f"{route} stands in no line of SECRET_PATHS"
    for path in SECRET_PATHS:
        assert any(f"/{route}".startswith(path) for route in SECRET), f"{path} is no address"


def atoms_of(address: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": address,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_REFERER": f"https://waymark.example.org{address}",
    }
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])
    logger = AccessLogger(Config())
    return logger.atoms(answer, SimpleNamespace(headers=[]), environ, timedelta(seconds=1))


@pytest.mark.parametrize("route", SECRET)
def test_no_token_is_in_the_web_servers_log_or_in_the_services(route: str) -> None:
    address = address_of(route) + f"?next={POISON}"
    told = {name: value for name, value in atoms_of(address).items() if not name.startswith("{")}
    assert POISON not in " ".join(str(value) for value in told.values())
    record = logging.LogRecord("django.request", 30, "", 1, "Not Found: %s", (address,), None)
    assert POISON not in JsonFormatter().format(record)


@given(
    path=st.sampled_from(SECRET_PATHS),
    token=st.text("abcdefghijkmnopqrstuvwxyz0123456789-_%/.:", min_size=8),
    after=st.sampled_from(["", " HTTP/1.1", '"']),
)
@with_examples(100)
def test_whatever_follows_is_masked(path: str, token: str, after: str) -> None:
    assert without_tokens(f"GET {path}{token}{after}") == f"GET {path}-{after}"


def test_the_proxys_log_masks_the_same_addresses_and_asks_for_no_query() -> None:
    template = (ROOT / "deploy" / "nginx.conf.template").read_text()
    masked = re.search(r"~\*\^\(\?<opens>([^)]+)\)", template)
    assert masked
    assert set(masked[1].split("|")) == set(SECRET_PATHS)
    (written,) = re.findall(r"log_format \w+ ([^;]+);", template)
    assert "$logged_path" in written
    for told in ("$request ", "$request_uri", "$args", "$query_string", "$uri", "$http_referer", "$http_cookie"):
        assert told not in f"{written} "
    assert len(re.findall(r"^\s+access_log \S+ without_tokens;", template, re.MULTILINE)) == template.count(
        "\nserver {"
    )
    assert not re.search(r"error_log \S+ (debug|info|notice|warn|error);", template)


@pytest.fixture
def log_text() -> Iterator[io.StringIO]:
    """What the service's formatter writes of everything that is logged meanwhile."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(before)
    root.removeHandler(handler)


def refused_row() -> DatabaseError:
    """A refusal of PostgreSQL's that quotes what somebody wrote, and its row."""
    with pytest.raises(DatabaseError, match=WORDS) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO concerns_concernevent (what, detail) VALUES (%s, '')", [WORDS])
    return refused.value


def test_a_rows_words_are_in_no_line_however_they_get_there(world: World, log_text: io.StringIO) -> None:
    failure, log = refused_row(), logging.getLogger("somebody.elses")
    log.error("failed", exc_info=failure)
    log.error("failed: %s", failure)
    log.error("failed: %r", failure, exc_info=failure)
    log.error("failed: %s", str(failure))
    log.error(f"failed: {failure}", exc_info=failure)
    log.error("failed %(exc)s %(traceback)s %(args)s", {"exc": str(failure), "traceback": WORDS, "args": WORDS})
    log.error("failed", extra={"why": str(failure)})
    log.error("failed", extra={"why": failure})
    try:
        try:
            raise failure
        except DatabaseError as cause:
            raise RuntimeError("what came of it") from cause
    except RuntimeError:
        logging.getLogger("concerns.operations").exception("a due step could not be fired")
    lines = log_text.getvalue().splitlines()
    assert len(lines) == 9
    assert WORDS not in log_text.getvalue()
    last = json.loads(lines[-1])
    assert last["message"] == "a due step could not be fired"
    assert last["exception"].startswith("RuntimeError < ")
    assert "refused_row" in last["where"] or "test_a_rows_words" in last["where"]


def test_a_task_that_fails_says_its_name_and_the_kind_of_failure(world: World, log_text: io.StringIO) -> None:
    app = Celery("of the test", set_as_current=False)
    app.conf.update(task_always_eager=True, task_eager_propagates=False)
    failure = refused_row()

    @app.task(name="fails")
    def fails(words: str) -> str:
        raise failure

    @app.task(name="answers")
    def answers(words: str) -> str:
        return words

    fails.delay(WORDS)
    answers.delay(WORDS)
    assert "fails[" in log_text.getvalue()
    assert type(failure).__name__ in log_text.getvalue()
    assert WORDS not in log_text.getvalue()


@pytest.mark.parametrize(
    "said",
    ["550 5.1.1 <ann@example.org>: unknown", "ann@example.org", "could not text +44 7700 900123", "07700 900 123"],
)
def test_no_address_and_no_number_of_anybodys_is_logged(log_text: io.StringIO, said: str) -> None:
    logging.getLogger("alerts.operations").error("alert failed for good", extra={"alert": 7, "why": said})
    assert "ann@" not in log_text.getvalue()
    assert "900" not in log_text.getvalue()


def test_what_nobody_catches_is_told_by_kind_and_place() -> None:
    script = f"from config.logs import log_uncaught_exceptions; log_uncaught_exceptions(); raise ValueError('{WORDS}')"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert WORDS not in done.stderr + done.stdout


def test_the_web_servers_own_errors_are_told_in_the_same_way() -> None:
    logger = AccessLogger(Config())
    assert {type(handler.formatter) for handler in logger.error_log.handlers} == {JsonFormatter}


QUIET = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_duration": "off",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def test_postgresqls_own_log_holds_no_words(world: World) -> None:
    """The database has it so for everybody who connects, and the app cannot change it."""
    for name, value in QUIET.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (value,), name
        if name != "log_parameter_max_length_on_error":
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET {name} = DEFAULT")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [WORDS])
    refused_row()
    with as_administrator() as administrator:
        (log,) = administrator.execute("SELECT pg_read_file('log', true)").fetchone() or ("",)
    assert WORDS not in (log or "")
