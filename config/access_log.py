"""The web server's access log, without the tokens that addresses carry."""

from __future__ import annotations

import re
from typing import Any

from gunicorn.glogging import Logger

TOKENS = re.compile(r"(/calendar/|/people/join/)[^/\s?]+")
"""Addresses whose last part opens something by itself: a private calendar, an invitation."""

WITH_ADDRESS = ("r", "U", "f")


def without_tokens(text: str) -> str:
    return TOKENS.sub(r"\1-", text)


class AccessLogger(Logger):  # type: ignore[misc]
    """As gunicorn's own; whoever reads the log cannot read anybody's calendar."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return atoms | {name: without_tokens(str(atoms[name])) for name in WITH_ADDRESS if name in atoms}
