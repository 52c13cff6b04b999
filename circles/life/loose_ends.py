"""What would be nobody's if a circle closed now: it has no members then, and its coordinator moves on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.risk.models import RiskReview
from core.worktime import LONDON


@dataclass(frozen=True)
class LooseEnd:
    """One thing to finish, and where."""

    words: str
    url: str


def unapproved_minutes(circle: Circle, at: datetime) -> list[LooseEnd]:
    """Meetings that have begun and whose minutes are not approved."""
    waiting = [Meeting.Status.PLANNED, Meeting.Status.DRAFT, Meeting.Status.SUBMITTED]
    begun = circle.meetings.filter(planned_at__lte=at, status__in=waiting).order_by("planned_at")
    return [
        LooseEnd(f"the minutes of {one.planned_at.astimezone(LONDON):%-d %B} are not approved", one.get_absolute_url())
        for one in begun
    ]


def open_actions(circle: Circle, at: datetime) -> list[LooseEnd]:
    """Actions nobody has said the end of."""
    left = circle.actions.unfinished().count()
    words = "an action is not finished" if left == 1 else f"{left} actions are not finished"
    return [LooseEnd(words, reverse("circles:actions", args=[circle.reference]))] if left else []


def final_risk_review(circle: Circle, at: datetime) -> list[LooseEnd]:
    """The final risk review, until it is signed off or noted as missed with the reason."""
    final = circle.risk_reviews.unfinished().filter(kind=RiskReview.Kind.FINAL)
    return [LooseEnd("the final risk review is not signed off", one.get_absolute_url()) for one in final]


KINDS: list[Callable[[Circle, datetime], list[LooseEnd]]] = [unapproved_minutes, open_actions, final_risk_review]
"""Each kind of thing that keeps a circle open. A new kind is one more function here."""


def loose_ends(circle: Circle, *, at: datetime) -> list[LooseEnd]:
    return [end for kind in KINDS for end in kind(circle, at)]
