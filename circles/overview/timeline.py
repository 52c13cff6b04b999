"""Who reads the timeline of a circle. Its strands are in circles/overview/strands.py.

The setting `TIMELINE_STRANDS` names those of an app above (concerns).
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from accounts.models import User
from circles.circle.access import CircleAccess
from circles.circle.joining import reads_from
from circles.circle.models import Circle


class TimelineReader:
    """Who reads the timeline of which circle, and when. A volunteer reads from the day of joining on (domain.md 4.3)."""

    def __init__(self, user: User, circle: Circle, *, at: datetime) -> None:
        self.user, self.circle, self.at = user, circle, at
        self.may = CircleAccess(user, circle)

    @property
    def leads(self) -> bool:
        return self.may.coordinates or self.may.leads

    @cached_property
    def since(self) -> datetime | None:
        """The moment from which they may read. None for those who look after the circle: they read everything."""
        if self.leads:
            return None
        return reads_from(self.user, self.circle) or self.at
