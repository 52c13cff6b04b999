"""By when an agency is expected to say that it has what it was told (domain.md 3.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns.choices import Level
from core.worktime import WorkingTime

A_WORKING_DAY = timedelta(hours=8)

EXPECTED = {
    Level.IMMEDIATE: timedelta(hours=4),
    Level.URGENT: A_WORKING_DAY,
    Level.PRIORITY: 3 * A_WORKING_DAY,
    Level.LOG: 5 * A_WORKING_DAY,
}
"""Immediate by day and night; the others in working time."""


def answer_due(level: Level, sent_at: datetime, worktime: WorkingTime) -> datetime:
    """When an answer is late. An Immediate one counts day and night."""
    if level == Level.IMMEDIATE:
        return sent_at + EXPECTED[level]
    return worktime.add(sent_at, EXPECTED[level])
