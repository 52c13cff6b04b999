"""The figure of what volunteers hear back: how many were told what came of their concerns, and how soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from accounts.models import User
from concerns.concern.models import Concern

A_QUARTER = timedelta(days=91)


@dataclass(frozen=True)
class FeedbackFigure:
    """Of concerns volunteers raised in a period, how many were told what came of it by its end."""

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
        """In hundredths, of all that were raised; None of nothing."""
        return round(100 * self.told / self.raised) if self.raised else None


def feedback_figure(user: User, *, at: datetime) -> FeedbackFigure:
    """The last 13 weeks, of what this person may see: what is about them is in no count of theirs."""
    since = at - A_QUARTER
    raised = Concern.objects.visible_to(user).filter(received_at__gt=since, received_at__lte=at)
    counted = raised.from_volunteers().exclude(status=Concern.Status.RAISED_IN_ERROR)
    rows = list(counted.values_list("received_at", "feedback_at", "withheld"))
    waits = [told - received for received, told, _ in rows if told is not None]
    withheld = sum(bool(why) for _, _, why in rows)
    return FeedbackFigure(since, at, len(rows), len(waits), withheld, middle(waits))


def middle(lengths: list[timedelta]) -> timedelta | None:
    """The median."""
    return timedelta(seconds=median(each.total_seconds() for each in lengths)) if lengths else None
