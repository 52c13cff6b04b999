"""A coordinator's circles on the home page: one line each, those that need somebody most first. One query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.models import User
from circles.action.models import Action
from circles.circle.models import COORDINATED_CIRCLES, Circle
from circles.meeting.models import MINUTES_WITHIN, USUAL_LENGTH, Meeting
from circles.review.models import Review
from circles.risk.models import RiskReview
from core.worktime import LONDON

SHOWN = 10
"""Lines on the home page. A link leads to the others."""


@dataclass(frozen=True)
class CircleLine:
    """One circle: what is late in it, its open concerns by level, the next risk review and the next meeting."""

    circle: Circle
    late: list[str]
    concerns: list[tuple[str, int]]
    risk_due: date | None
    risk_is_late: bool
    next_meeting: datetime | None


@dataclass(frozen=True)
class CircleLines:
    """The lines shown, and how many circles there are."""

    lines: list[CircleLine]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def circle_lines_of(user: User, at: datetime, concerns: dict[str, Combinable]) -> CircleLines:
    """The circles this person coordinates, cut and counted in the database.

    `concerns` counts a circle's open concerns, by the words of each level, the most urgent first.
    """
    circles: QuerySet[Any, Any] = Circle.objects.filter(pk__in=COORDINATED_CIRCLES(user.pk)).exclude(
        status__in=Circle.OVER
    )
    columns = {f"concerns_{place}": count for place, count in enumerate(concerns.values())}
    asked = circles.annotate(**_facts_at(at), **columns, in_all=Window(Count("*")))
    rows = list(
        asked.order_by(
            *(f"-{name}" for name in columns),
            (F("late_minutes") + F("late_actions") + F("late_reviews") + F("late_risk")).desc(),
            F("risk_due").asc(nulls_last=True),
            "reference",
        )[:SHOWN]
    )
    lines = [_line_of(circle, at, list(zip(concerns, columns, strict=True))) for circle in rows]
    return CircleLines(lines, rows[0].in_all if rows else 0)


def _count_of(rows: QuerySet[Any, Any]) -> Combinable:
    """How many of these rows the circle has."""
    counted = rows.filter(circle=OuterRef("pk")).order_by().values("circle").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _facts_at(at: datetime) -> dict[str, Combinable]:
    today = at.astimezone(LONDON).date()
    unsent = Meeting.objects.awaiting_minutes(at).filter(planned_at__lt=at - USUAL_LENGTH - MINUTES_WITHIN)
    risk = RiskReview.objects.unfinished()
    coming = Meeting.objects.filter(circle=OuterRef("pk"), status=Meeting.Status.PLANNED, planned_at__gt=at)
    return {
        "late_minutes": _count_of(unsent),
        "late_actions": _count_of(Action.objects.overdue(today)),
        "late_reviews": _count_of(Review.objects.unheld().filter(due_on__lt=today)),
        "late_risk": _count_of(risk.filter(due_on__lt=today)),
        "risk_due": Subquery(risk.filter(circle=OuterRef("pk")).order_by("due_on").values("due_on")[:1]),
        "next_meeting": Subquery(coming.order_by("planned_at").values("planned_at")[:1]),
    }


LATE = {
    "late_minutes": ("minutes of one meeting", "minutes of {n} meetings"),
    "late_actions": ("an action", "{n} actions"),
    "late_reviews": ("a review", "{n} reviews"),
}


def _line_of(circle: Any, at: datetime, levels: list[tuple[str, str]]) -> CircleLine:
    counts = {name: getattr(circle, name) for name in LATE}
    return CircleLine(
        circle=circle,
        late=[LATE[name][n > 1].format(n=n) for name, n in counts.items() if n],
        concerns=[(words, getattr(circle, name)) for words, name in levels if getattr(circle, name)],
        risk_due=circle.risk_due,
        risk_is_late=circle.late_risk > 0,
        next_meeting=circle.next_meeting,
    )
