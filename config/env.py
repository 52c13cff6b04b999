"""Reads a variable, or stops with help."""

from __future__ import annotations

import os
import sys
from typing import NoReturn
from urllib.parse import unquote, urlsplit


def stop(message: str) -> NoReturn:
    """Stop the start, with a sentence for whoever is installing."""
    sys.exit(f"Waymark cannot start.\n\n{message}\n\n.env.example says what every value is for.")


def text(name: str, default: str | None = None, *, help: str = "") -> str:  # noqa: A002 - reads as a sentence
    """A variable as it stands. Without a default it must be there."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        stop(f"{name} is not set. {help}".strip())
    return value


def is_given(name: str) -> bool:
    """Whether a variable stands there at all."""
    return bool(os.environ.get(name, "").strip())


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        stop(f"{name} is “{value}”. Write yes or no.")
    return default


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, "").strip()
    if value and not value.isdecimal():
        stop(f"{name} is “{value}”. Write a whole number, such as {default}.")
    return int(value) if value else default


def names(name: str, default: str = "") -> list[str]:
    """Several words with commas between."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def pairs(name: str, default: str | None = None, *, help: str = "") -> dict[str, str]:  # noqa: A002
    """`key:value` words with commas between, in order."""
    found = {}
    for word in text(name, default, help=help).split(","):
        key, colon, value = word.strip().partition(":")
        if not (key and colon and value):
            stop(f"{name} must be written key:value,key:value. {help}".strip())
        found[key] = value
    return found


def database(name: str, *, help: str = "") -> dict[str, str]:  # noqa: A002
    """A postgresql:// address, as the parts Django asks for."""
    address = text(name, help=help)
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        stop(f"{name} must begin with postgresql://. {help}".strip())
    query = dict(word.split("=", 1) for word in parts.query.split("&") if "=" in word)
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "") or ""),
    }
