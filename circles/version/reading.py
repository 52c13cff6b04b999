"""The sections and the attendance of one meeting's minutes, as far as one reader may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.minutes.readers import may_read_answer
from circles.minutes.sections import HEADINGS, MissingAnswer, Section, answers_of
from circles.version.correction import corrected_minutes_of


@dataclass(frozen=True)
class PersonThere:
    """One person and whether they came. `how` is `came` in words."""

    name: str
    came: str
    how: str


def may_read_minutes(meeting: Meeting, may: MeetingAccess) -> bool:
    """Whether this person may read them: anybody who sees the meeting once they are sent, before that the writers."""
    begun = getattr(meeting, "minutes", None) is not None
    return begun and (meeting.submitted_at is not None or may.write_minutes)


def sections_of(meeting: Meeting, may: MeetingAccess, *, missing: Iterable[MissingAnswer] = ()) -> list[Section]:
    """The answers this person may read, page by page. `missing` adds messages to answers that are missing."""
    wanting = {answer.field: answer.words for answer in missing}
    minutes = corrected_minutes_of(meeting)
    return [
        Section(
            heading.page,
            heading.title,
            answers_of(minutes, [name for name in heading.fields if may_read_answer(may, name)], wanting),
        )
        for heading in HEADINGS
    ]


def attendance_of(meeting: Meeting) -> list[PersonThere]:
    """Who was there and whether they came: the core member first, then the volunteers by first name."""
    rows = list(meeting.attendance_with_people())
    him = [
        PersonThere(meeting.circle.known_as, row.came, row.get_came_display()) for row in rows if row.volunteer is None
    ]
    others = [
        PersonThere(row.volunteer.user.first_name, row.came, row.get_came_display()) for row in rows if row.volunteer
    ]
    return him + sorted(others, key=lambda person: person.name)
