"""Loose ends: unfinished work that nobody would do after a circle closes. They keep it from closing."""

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


def unapproved_minutes_of(circle: Circle, at: datetime) -> list[LooseEnd]:
    """A loose end for each meeting that has begun and whose minutes are not approved."""
    waiting = [Meeting.Status.PLANNED, Meeting.Status.DRAFT, Meeting.Status.SUBMITTED]
    begun = circle.meetings.filter(planned_at__lte=at, status__in=waiting).order_by("planned_at")
    return [
        LooseEnd(
            f"the minutes of {meeting.planned_at.astimezone(LONDON):%-d %B} are not approved",
            meeting.get_absolute_url(),
        )
        for meeting in begun
    ]


def open_actions_of(circle: Circle, at: datetime) -> list[LooseEnd]:
    """One loose end if any action is unfinished."""
    count = circle.actions.unfinished().count()
    words = "an action is not finished" if count == 1 else f"{count} actions are not finished"
    return [LooseEnd(words, reverse("circles:actions", args=[circle.reference]))] if count else []


def final_risk_review_of(circle: Circle, at: datetime) -> list[LooseEnd]:
    """The final risk review, until it is signed off, or noted as missed with the reason."""
    final = circle.risk_reviews.unfinished().filter(kind=RiskReview.Kind.FINAL)
    return [LooseEnd("the final risk review is not signed off", review.get_absolute_url()) for review in final]


KINDS: list[Callable[[Circle, datetime], list[LooseEnd]]] = [
    unapproved_minutes_of,
    open_actions_of,
    final_risk_review_of,
]
"""Each kind of loose end. A new kind is one more function here."""


def loose_ends_of(circle: Circle, *, at: datetime) -> list[LooseEnd]:
    return [end for kind in KINDS for end in kind(circle, at)]
