"""What somebody writes in the log, saved as its pages save it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from accounts.models import User
from circles.action.models import Action
from circles.goal.models import Goal
from circles.log.operations import Answers, tap_name_of
from circles.log.page_operations import SentPage
from circles.log.tap_operations import write_page_and_taps
from circles.meeting.models import Attendance, Meeting
from circles.minutes.drafting import lock_draft
from circles.taxonomy.models import Tag
from volunteers.volunteer.models import Volunteer


def write_evening(
    meeting: Meeting,
    *,
    by: User,
    at: datetime,
    answers: Answers | None = None,
    came: Mapping[Volunteer | None, Attendance.Came] | None = None,
    tags: Mapping[str, Iterable[Tag]] | None = None,
    taps: Mapping[Action | Goal, str] | None = None,
    hand: str = "",
) -> Meeting:
    """Save answers, who came, tags and taps in a draft. The core member is None among who came."""
    page = SentPage(
        answers or {},
        {tap_name_of(who): (who, how) for who, how in (came or {}).items()},
        {kind: list(picked) for kind, picked in (tags or {}).items()},
        loaded={},
        chosen={},
        tapped={_name_of(record): (record, how) for record, how in (taps or {}).items()},
        hand=hand,
    )
    draft = lock_draft(meeting, by=by)
    write_page_and_taps(draft, page=page, by=by, at=at)
    return draft


def _name_of(record: Action | Goal) -> str:
    """The name of the row of taps, as the page has it."""
    return f"{'action' if isinstance(record, Action) else 'goal'}-{record.reference}"
