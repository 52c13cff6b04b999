"""The registers' clocks (domain.md 3.10): by when what is due, and telling of what was not done, in the same sweep."""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns.ladder.models import working_time


def due_in(length: timedelta, *, at: datetime) -> datetime:
    return working_time().add(at, length)
