"""Reads a variable, or the file that NAME_FILE names, or stops with help."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from core.starting import refuse_start


def stop(message: str) -> NoReturn:
    """Stop the start, with a sentence for whoever is installing."""
    refuse_start(f"{message}\n\n.env.example says what every value is for.")


def given(name: str) -> str:
    """What a variable holds, or the file named by the variable NAME_FILE: a secret in a file is in no list of processes."""
    value, file = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if not file:
        return value
    if value:
        stop(f"{name} and {name}_FILE are both set. Keep one.")
    try:
        return Path(file).read_text().strip()
    except (OSError, UnicodeDecodeError) as failure:
        stop(f"{name}_FILE names {file}, which cannot be read ({type(failure).__name__}).")


def text(name: str, default: str | None = None, *, help: str = "") -> str:  # noqa: A002 - reads as a sentence
    """A variable as it stands. Without a default it must be there."""
    value = given(name) or default
    if value is None:
        stop(f"{name} is not set. {help}".strip())
    return value


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no."""
    value = given(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        stop(f"{name} is “{value}”. Write yes or no.")
    return default


def number(name: str, default: int) -> int:
    """A whole number."""
    value = given(name)
    if value and not value.isdecimal():
        stop(f"{name} is “{value}”. Write a whole number, such as {default}.")
    return int(value) if value else default


def names(name: str, default: str = "") -> list[str]:
    """Several words with commas between."""
    return [word.strip() for word in (given(name) or default).split(",") if word.strip()]


def pairs(name: str, default: str | None = None, *, help: str = "") -> dict[str, str]:  # noqa: A002
    """`key:value` words with commas between, in order."""
    found = {}
    for word in text(name, default, help=help).split(","):
        key, colon, value = word.strip().partition(":")
        if not (key and colon and value):
            stop(f"{name} must be written key:value,key:value. {help}".strip())
        found[key] = value
    return found


def password_for(name: str) -> str:
    """The password of an address, when it is given apart from it: of REDIS_URL it is REDIS_PASSWORD."""
    return given(name.removesuffix("_URL") + "_PASSWORD")


def address(name: str, *, help: str = "") -> str:  # noqa: A002
    """A server's address, with its password."""
    parts, password = urlsplit(text(name, help=help)), password_for(name)
    if not password:
        return urlunsplit(parts)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:{quote(password, safe='')}@{host}"))


def database(name: str, *, help: str = "") -> dict[str, str]:  # noqa: A002
    """A postgresql:// address, as the parts Django asks for."""
    parts = urlsplit(text(name, help=help))
    if parts.scheme not in {"postgres", "postgresql"}:
        stop(f"{name} must begin with postgresql://. {help}".strip())
    query = dict(word.split("=", 1) for word in parts.query.split("&") if "=" in word)
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": password_for(name) or unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "") or ""),
    }


def other_database(name: str) -> dict[str, str] | None:
    """As `database`, of a role that most processes are not given."""
    return database(name) if given(name) else None
