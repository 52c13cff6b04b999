"""What a volunteer agreed to do and has not done: named before they leave a circle, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from circles.action.models import Action
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from core.worktime import LONDON
from volunteers.volunteer.models import Volunteer

SHOWN = 20
"""The page names so many of each kind; whoever has more open is asked about them before they leave."""


@dataclass(frozen=True)
class AgreedWork:
    """One thing that they agreed to do, and where it stands."""

    words: str
    url: str


def agreed_work_of(
    volunteer: Volunteer, *, reader: User, at: datetime, within: Circle | None = None
) -> list[AgreedWork]:
    """Minutes they have not sent and actions they have not done, in one circle or in all that this reader may see."""
    where = {} if within is None else {"circle": within}
    meetings = Meeting.objects.visible_to(reader).awaiting_minutes(at).filter(minute_taker=volunteer, **where)
    actions = Action.objects.visible_to(reader).unfinished().filter(volunteer=volunteer, **where)
    return [*_unsent_minutes(meetings), *_undone_actions(actions)]


def _unsent_minutes(meetings: QuerySet[Meeting]) -> list[AgreedWork]:
    return [
        AgreedWork(
            f"The minutes of {meeting.planned_at.astimezone(LONDON):%-d %B} in {meeting.circle.reference}",
            meeting.get_absolute_url(),
        )
        for meeting in meetings.select_related("circle").order_by("planned_at", "pk")[:SHOWN]
    ]


def _undone_actions(actions: QuerySet[Action]) -> list[AgreedWork]:
    return [
        AgreedWork(
            f"{action.words} ({action.circle.reference}, by {action.due_on:%-d %B})",
            reverse("circles:actions", args=[action.circle.reference]),
        )
        for action in actions.select_related("circle").order_by("due_on", "pk")[:SHOWN]
    ]
