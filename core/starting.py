"""Stopping a process that must not start."""

from __future__ import annotations

import sys
from typing import NoReturn

UNFIT_TO_START = 3
"""To gunicorn this code says that another worker would do no better."""


def refuse_start(message: str) -> NoReturn:
    """Stop this process before it does anything, and say why to whoever started it."""
    sys.stderr.write(f"Waymark cannot start.\n\n{message}\n")
    raise SystemExit(UNFIT_TO_START)
