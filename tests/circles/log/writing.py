"""Minutes as a volunteer writes them, for tests that need some."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from circles.action.models import Action
from circles.goal.models import Goal
from circles.log.operations import Answers, submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.minutes.questions import QUESTIONS
from circles.taxonomy.models import Tag
from embedded.answers import ordinary_answers
from embedded.evening import write_evening
from volunteers.volunteer.models import Volunteer

WHOLE: Answers = ordinary_answers() | Answers(
    mood="4",
    his_week="He saw his sister on Sunday and started at the community garden.",
    risk_seen="None seen.",
    debrief="A calm evening. Tom was quiet.",
)

ALWAYS_NEEDED = [name for name, question in QUESTIONS.items() if question.needed and not question.shown_when]
"""The questions without whose answers no minutes are sent."""


def write(meeting: Meeting, *, by: User, at: datetime, **changes: str) -> Meeting:
    """A draft with everything asked for, and whatever is changed."""
    start_log(meeting, by=by, at=at)
    save_minutes(meeting, answers=Answers(**{**WHOLE, **changes}), by=by, at=at)  # type: ignore[typeddict-item]
    writer = Volunteer.objects.filter(user=by).first() or meeting.circle.memberships.all()[0].volunteer
    for there in [None, writer]:
        save_attendance(meeting, volunteer=there, came=Attendance.Came.CAME, by=by, at=at)
    return Meeting.objects.get(pk=meeting.pk)


def send(meeting: Meeting, *, by: User, at: datetime, **changes: str) -> Meeting:
    """Minutes written and sent; with a reason, should they be late."""
    return submit_minutes(write(meeting, by=by, at=at, **changes), by=by, at=at, late_reason="The week was full.")


def save_minutes(meeting: Meeting, *, answers: Answers, by: User, at: datetime, hand: str = "") -> Minutes:
    """Save these answers as a page of the log does; other answers stay as they are."""
    return write_evening(meeting, answers=answers, by=by, at=at, hand=hand).minutes


def save_attendance(
    meeting: Meeting, *, volunteer: Volunteer | None, came: Attendance.Came, by: User, at: datetime
) -> None:
    """Save one tap about who came; `volunteer` is None for the core member."""
    write_evening(meeting, came={volunteer: Attendance.Came(came)}, by=by, at=at)


def save_tags(meeting: Meeting, *, kind: str, tags: Iterable[Tag], by: User, at: datetime) -> None:
    """Make these the picked tags of one kind."""
    write_evening(meeting, tags={kind: tags}, by=by, at=at)


def tap(meeting: Meeting, record: Action | Goal, how: str, *, by: User, at: datetime) -> None:
    """Save one tap about an action or a goal."""
    write_evening(meeting, taps={record: how}, by=by, at=at)
