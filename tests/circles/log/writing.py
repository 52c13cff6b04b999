"""Minutes as a volunteer writes them, for tests that need some."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from circles.log.operations import Answers, save_attendance, save_minutes, submit_minutes
from circles.meeting.models import Attendance, Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.questions import QUESTIONS
from embedded.answers import ordinary_answers
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
