"""Until when a referral is acknowledged and answered, in working time (domain.md 1.4)."""

from __future__ import annotations

from datetime import datetime

from core.worktime import WORKING_DAY, service_worktime

ACKNOWLEDGED_WITHIN = 2 * WORKING_DAY
ANSWERED_WITHIN = 10 * WORKING_DAY


def acknowledge_by(submitted_at: datetime) -> datetime:
    return service_worktime().add(submitted_at, ACKNOWLEDGED_WITHIN)


def answer_by(submitted_at: datetime) -> datetime:
    return service_worktime().add(submitted_at, ANSWERED_WITHIN)


def answer_after_waiting(due: datetime, *, asked_at: datetime, at: datetime) -> datetime:
    """The answer's clock stood still since `asked_at`: what was left of it then begins to run now."""
    worktime = service_worktime()
    return max(due, worktime.add(at, worktime.between(asked_at, due)))
