"""Counts how many volunteers were told what came of their concerns, and how soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from accounts.models import User
from concerns.concern.models import Concern

PERIOD = timedelta(days=91)


@dataclass(frozen=True)
class FeedbackFigure:
    """The concerns that volunteers raised in a period, and of how many the author was told what came of it."""

    since: datetime
    until: datetime
    raised: int
    told: int
    withheld: int
    to_feedback: timedelta | None

    @property
    def due(self) -> int:
        return self.raised - self.told - self.withheld

    @property
    def share(self) -> int | None:
        """How many were told, in hundredths of those raised. None if none was raised."""
        return round(100 * self.told / self.raised) if self.raised else None


def feedback_figure(user: User, *, at: datetime) -> FeedbackFigure:
    """The figure of the last 13 weeks. It counts only concerns this person may see, so none about them."""
    since = at - PERIOD
    raised = Concern.objects.visible_to(user).filter(received_at__gt=since, received_at__lte=at)
    counted = raised.from_volunteers().exclude(status=Concern.Status.RAISED_IN_ERROR)
    rows = list(counted.values_list("received_at", "feedback_at", "withheld"))
    waits = [told - received for received, told, _ in rows if told is not None]
    withheld = sum(bool(why) for _, _, why in rows)
    return FeedbackFigure(since, at, len(rows), len(waits), withheld, _median_of(waits))


def _median_of(lengths: list[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(length.total_seconds() for length in lengths)) if lengths else None
