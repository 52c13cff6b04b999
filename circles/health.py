"""How a circle is doing, from what its meetings say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from circles.models import Attendance, Meeting, Membership
from circles.models.meeting import USUAL_LENGTH
from core.worktime import LONDON

LOOKS_BACK = timedelta(weeks=12)


@dataclass(frozen=True)
class Health:
    """The line of figures on a circle's page. None where there is nothing to count yet."""

    last_meeting: Meeting | None
    next_meeting: Meeting | None
    minutes_hours: int | None
    minutes_late: bool
    he_came: int | None
    cleared: int
    members: int


def health_of(meetings: Sequence[Meeting], members: Sequence[Membership], *, at: datetime) -> Health:
    """Count what the page shows: `meetings` newest first, `members` those who belong now."""
    today = at.astimezone(LONDON).date()
    kept = [meeting for meeting in meetings if not meeting.is_called_off]
    held = [meeting for meeting in kept if meeting.planned_at <= at]
    coming = [meeting for meeting in kept if meeting.planned_at > at]
    last = held[0] if held else None
    waiting = last is not None and last.submitted_at is None
    return Health(
        last_meeting=last,
        next_meeting=coming[-1] if coming else None,
        minutes_hours=hours_since_end(last, at) if last is not None and waiting else None,
        minutes_late=last is not None and (last.overdue_at(at) or last.is_late),
        he_came=he_came([one for one in held if one.planned_at > at - LOOKS_BACK]),
        cleared=sum(member.volunteer.assignable_on(today) for member in members),
        members=len(members),
    )


def hours_since_end(meeting: Meeting, at: datetime) -> int:
    """Hours of the 48 already used."""
    return max(0, int((at - meeting.planned_at - USUAL_LENGTH).total_seconds() // 3600))


def he_came(held: Sequence[Meeting]) -> int | None:
    """In per cent: the share he came to of the meetings that say whether he did."""
    noted = [meeting.he_was for meeting in held if meeting.he_was]
    return round(100 * sum(was != Attendance.Came.NO for was in noted) / len(noted)) if noted else None
