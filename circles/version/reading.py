"""The minutes laid out for a reader: sections, questions and answers, as far as the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from circles.meeting.access import MeetingAccess
from circles.meeting.models import Meeting
from circles.minutes.readers import may_read_answer
from circles.minutes.sections import HEADINGS, MissingAnswer, Section, answers_of
from circles.version.corrected import as_corrected


@dataclass(frozen=True)
class There:
    """One person and whether they came."""

    name: str
    came: str
    how: str


def may_read_minutes(meeting: Meeting, may: MeetingAccess) -> bool:
    """Everybody who sees the meeting, once they are sent; until then those who may write them."""
    begun = getattr(meeting, "minutes", None) is not None
    return begun and (meeting.submitted_at is not None or may.write_minutes)


def sections_of(meeting: Meeting, may: MeetingAccess, *, missing: Iterable[MissingAnswer] = ()) -> list[Section]:
    """The minutes as far as this person reads them, page by page. `missing` puts its words beside answers that lack."""
    wanting = {one.field: one.words for one in missing}
    minutes = as_corrected(meeting)
    return [
        Section(
            one.page,
            one.title,
            answers_of(minutes, [name for name in one.fields if may_read_answer(may, name)], wanting),
        )
        for one in HEADINGS
    ]


def attendance_of(meeting: Meeting) -> list[There]:
    """Who was there: the core member first, the volunteers by first name."""
    rows = list(meeting.attendance.select_related("volunteer__user"))
    him = [There(meeting.circle.known_as, row.came, row.get_came_display()) for row in rows if row.volunteer is None]
    others = [There(row.volunteer.user.first_name, row.came, row.get_came_display()) for row in rows if row.volunteer]
    return him + sorted(others, key=lambda there: there.name)
