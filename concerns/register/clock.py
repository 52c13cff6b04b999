"""When something in the registers is due, in working time (domain.md 3.10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns.ladder.models import working_time


def due_in(length: timedelta, *, at: datetime) -> datetime:
    return working_time().add(at, length)
