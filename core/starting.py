"""Stops a process that must not start."""

from __future__ import annotations

import sys
from typing import NoReturn

UNFIT_TO_START = 3
"""With this exit code gunicorn does not start another worker."""


def refuse_start(message: str) -> NoReturn:
    """Stop this process at once, and print why."""
    sys.stderr.write(f"Waymark cannot start.\n\n{message}\n")
    raise SystemExit(UNFIT_TO_START)
