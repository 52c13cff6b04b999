"""Opens an answer of approved minutes and corrects it, as the data-protection lead does."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from circles.meeting.models import Meeting
from circles.version.correction_operations import correct_minutes, open_answer
from circles.version.models import MinutesVersion


def open_and_correct(
    meeting: Meeting, *, field: str, words: str, reason: str, by: User, at: datetime
) -> MinutesVersion:
    return correct_minutes(open_answer(meeting, field=field, reason=reason, by=by, at=at), words=words, by=by, at=at)
