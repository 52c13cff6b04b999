"""How soon an agency must say that it has a share (domain.md 3.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from concerns.choices import Level
from core.worktime import WorkingTime

A_WORKING_DAY = timedelta(hours=8)

ANSWERED_WITHIN = {
    Level.IMMEDIATE: timedelta(hours=4),
    Level.URGENT: A_WORKING_DAY,
    Level.PRIORITY: 3 * A_WORKING_DAY,
    Level.LOG: 5 * A_WORKING_DAY,
}
"""Immediate by day and night; the others in working time."""


def answer_deadline_of(level: Level, sent_at: datetime, worktime: WorkingTime) -> datetime:
    """When the agency's answer to a share is due."""
    if level == Level.IMMEDIATE:
        return sent_at + ANSWERED_WITHIN[level]
    return worktime.add(sent_at, ANSWERED_WITHIN[level])
