"""Reads settings from environment variables, or from files that NAME_FILE names. A wrong one stops the start with help."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from core.starting import refuse_start


def _stop(message: str) -> NoReturn:
    """Stop this process, with a sentence for whoever installs the service."""
    refuse_start(f"{message}\n\n.env.example says what every value is for.")


def _value_of(name: str) -> str:
    """A variable's value, or the text of the file that NAME_FILE names: a secret in a file is in no list of processes."""
    value, file = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if not file:
        return value
    if value:
        _stop(f"{name} and {name}_FILE are both set. Keep one.")
    try:
        return Path(file).read_text().strip()
    except (OSError, UnicodeDecodeError) as failure:
        _stop(f"{name}_FILE names {file}, which cannot be read ({type(failure).__name__}).")


_missing: list[str] = []
"""A sentence for each variable that must be set and is not."""


def refuse_missing() -> None:
    """Stop if variables are missing, and name them all at once. Called when every one has been read."""
    if _missing:
        _stop("\n".join(_missing))


def text(name: str, default: str | None = None, *, help: str = "") -> str:  # noqa: A002 - reads as a sentence
    """A variable's text. Without a default it must be set."""
    value = _value_of(name) or default
    if value is None:
        _missing.append(f"{name} is not set. {help}".strip())
    return value or ""


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no."""
    value = _value_of(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        _stop(f"{name} is “{value}”. Write yes or no.")
    return default


def number(name: str, default: int) -> int:
    """A whole number."""
    value = _value_of(name)
    if value and not value.isdecimal():
        _stop(f"{name} is “{value}”. Write a whole number, such as {default}.")
    return int(value) if value else default


def names(name: str, default: str = "") -> list[str]:
    """Several words with commas between."""
    return [word.strip() for word in (_value_of(name) or default).split(",") if word.strip()]


def pairs(name: str, default: str | None = None, *, help: str = "") -> dict[str, str]:  # noqa: A002
    """`key:value` words with commas between, in order."""
    values: dict[str, str] = {}
    words = text(name, default, help=help)
    for word in words.split(",") if words else []:
        key, colon, value = word.strip().partition(":")
        if not (key and colon and value):
            _stop(f"{name} must be written key:value,key:value. {help}".strip())
        values[key] = value
    return values


def _password_of(name: str) -> str:
    """The password of an address if it is in a variable of its own: for REDIS_URL that is REDIS_PASSWORD."""
    return _value_of(name.removesuffix("_URL") + "_PASSWORD")


def address(name: str, *, help: str = "") -> str:  # noqa: A002
    """A server's address, with its password."""
    parts, password = urlsplit(text(name, help=help)), _password_of(name)
    if not password:
        return urlunsplit(parts)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:{quote(password, safe='')}@{host}"))


def database(name: str, *, help: str = "") -> dict[str, str]:  # noqa: A002
    """A postgresql:// address, in the parts that Django needs."""
    parts = urlsplit(text(name, help=help))
    if parts.geturl() and parts.scheme not in {"postgres", "postgresql"}:
        _stop(f"{name} must begin with postgresql://. {help}".strip())
    query = dict(word.split("=", 1) for word in parts.query.split("&") if "=" in word)
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": _password_of(name) or unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "") or ""),
    }


def optional_database(name: str) -> dict[str, str] | None:
    """Like `database`, or None: for a role that most processes are not given."""
    return database(name) if _value_of(name) else None
