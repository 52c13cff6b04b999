"""Who reads which answer of the minutes. The coordinator alone reads an answer that is not in the table."""

from __future__ import annotations

from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.questions import QUESTIONS, Readers


def is_for_the_circle(name: str) -> bool:
    """Whether everybody who sees the meeting reads this answer."""
    question = QUESTIONS.get(name)
    return question is not None and question.readers == Readers.CIRCLE


def may_go_outside(name: str) -> bool:
    """Whether agencies get this answer. They never get what the circle itself does not read."""
    question = QUESTIONS.get(name)
    return question is not None and question.outside and is_for_the_circle(name)


def may_read_answer(may: MeetingAccess, name: str) -> bool:
    """Whether this person may read this answer. Only this function decides it."""
    if is_for_the_circle(name) or may.read_debrief:
        return True
    writes = may.meeting.status == Meeting.Status.DRAFT and may.write_minutes
    return writes and _is_written_by(may.meeting.minutes, name, may.by.pk)


def _is_written_by(minutes: Minutes, name: str, person: int) -> bool:
    """Whether the person with this key changed this answer last, from any page. True if nobody has answered."""
    versions: dict[str, int] = minutes.field_versions.get(name, {})
    if not versions:
        return True
    last = max(versions, key=lambda author: versions[author])
    return last.partition("/")[0] == str(person)
