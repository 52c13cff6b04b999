"""Waits until another process has done something."""

from __future__ import annotations

import time
from collections.abc import Callable

LONG = 600.0
"""Seconds after which a test gives up. It is long, because the machine may be busy."""


def wait_until(true: Callable[[], bool], seconds: float, why: str = "", every: float = 0.05) -> None:
    """Wait until something holds, and fail with the reason when it does not in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s: {why}"
        time.sleep(every)
