"""The meeting on a volunteer's home page: tonight's, the last without minutes, or the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from circles.circle.models import JOINED_CIRCLES, Membership
from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import OPENS_BEFORE
from core.worktime import LONDON

STILL_SHOWN = timedelta(hours=6)
"""A cancelled meeting is still shown for this long after its time."""

FOR_TONIGHT = (Meeting.Status.PLANNED, Meeting.Status.DRAFT, Meeting.Status.CANCELLED)


@dataclass(frozen=True)
class Tonight:
    """The meeting shown on a volunteer's home page."""

    meeting: Meeting
    heading: str
    others: list[str]
    takes_minutes: bool
    log_open: bool
    begun: bool
    cancelled: list[Meeting]
    """Cancelled meetings up to that one, shown so that nobody sets out for them."""


def tonight_of(user: User, at: datetime) -> Tonight | None:
    """This volunteer's meeting today; else the last without minutes; else the next one. None without any."""
    todo_meetings = list(
        Meeting.objects.visible_to(user)
        .filter(circle__in=JOINED_CIRCLES(user.pk), status__in=FOR_TONIGHT)
        .select_related("circle", "minute_taker__user")
        .order_by("planned_at")
    )
    cancelled = [
        meeting for meeting in todo_meetings if meeting.is_called_off and meeting.planned_at > at - STILL_SHOWN
    ]
    meetings = [meeting for meeting in todo_meetings if not meeting.is_called_off]
    today = at.astimezone(LONDON).date()
    begun = [meeting for meeting in meetings if meeting.planned_at <= at]
    todays = [meeting for meeting in meetings if meeting.planned_at.astimezone(LONDON).date() == today]
    meeting = next(iter(todays or begun[-1:] or meetings), None)
    if meeting is None:
        return None
    if meeting in todays:
        heading = "Tonight" if meeting.planned_at.astimezone(LONDON).hour >= 16 else "Today"
    else:
        heading = "Last meeting" if meeting in begun else "Next meeting"
    members = Membership.objects.current().filter(circle=meeting.circle).exclude(volunteer__user=user)
    return Tonight(
        meeting=meeting,
        heading=heading,
        others=[member.volunteer.user.first_name for member in members.select_related("volunteer__user")],
        takes_minutes=meeting.minute_taker is not None and meeting.minute_taker.user_id == user.pk,
        log_open=meeting.planned_at <= at + OPENS_BEFORE,
        begun=meeting.status == Meeting.Status.DRAFT,
        cancelled=[
            cancelled_meeting
            for cancelled_meeting in cancelled
            if cancelled_meeting.planned_at <= max(meeting.planned_at, at)
        ],
    )
