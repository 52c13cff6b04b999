"""Who reads which answer of the minutes, as the writers are promised (`PROMISE` in questions.py).

The coordinator alone reads an answer that is not in the table. To be corrected, any answer is opened by itself
(circles/version/correction_operations.py).
"""

from __future__ import annotations

from collections.abc import Collection

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


def may_read_answer(may: MeetingAccess, name: str, *, opened: Collection[str] = ()) -> bool:
    """Whether this person may read this answer. Only this function decides it.

    `opened` are the answers that they have opened to correct. Somebody outside the circle reads no other.
    """
    if name in opened or may.read_debrief:
        return True
    if may.only_corrects:
        return False
    if is_for_the_circle(name):
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
