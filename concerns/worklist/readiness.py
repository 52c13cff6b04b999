"""For managers: promises that do not hold now, because somebody or something is lacking."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from concerns.readiness.access import ReadinessAccess
from concerns.readiness.needs import broken_promises
from core.worklist import WorkItem


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """One line for each lack that turns the status red, with the page that closes it."""
    if not ReadinessAccess(user).read_needs:
        return []
    return [
        WorkItem(title=f"{lack.words[:1].upper()}{lack.words[1:]}", url=lack.url, must_act=True)
        for lack in broken_promises(at=at)
    ]
