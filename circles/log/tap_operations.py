"""Save a page's taps about actions and goals, when two people may be writing the same draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from circles.action.models import Action, ActionTap
from circles.action.operations import action_to_tap, write_action_tap
from circles.goal.models import Goal, GoalTap
from circles.goal.operations import goal_to_tap, write_goal_tap
from circles.log.page_operations import Clash, SentPage, clash_of, is_clash, is_theirs_kept, write_page
from circles.meeting.models import Meeting
from circles.minutes.drafting import note_saving
from core.errors import Refused


def write_page_and_taps(meeting: Meeting, *, page: SentPage, by: User, at: datetime) -> list[Clash]:
    """Save a page with its taps in a draft whose meeting is locked. Returns what somebody else has changed meanwhile.

    The row of the minutes is written once. Taps that were saved stay noted if the rest of the page is refused.
    """
    clashes, tapped = _write_changed_taps(meeting, page, by=by, at=at)
    try:
        return write_page(meeting, page=page, also=tapped, by=by, at=at) + clashes
    except Refused:
        note_saving(meeting.minutes, by=by, at=at, changed=tapped, hand=page.hand)
        raise


def _write_changed_taps(meeting: Meeting, page: SentPage, *, by: User, at: datetime) -> tuple[list[Clash], list[str]]:
    """The clashes, and the names of the rows whose tap was written."""
    clashes, changed = [], []
    for name, (sent, how) in page.tapped.items():
        record = sent if hasattr(sent, "tap_key") else _record_to_tap(meeting, sent)
        now = record.tapped or ""
        if how == now:
            continue
        if is_clash(meeting.minutes, name, how, page, by):
            clashes.append(clash_of(meeting.minutes, name, now, how, by, page))
        elif not is_theirs_kept(meeting.minutes, name, how, page, by):
            _write_tap(meeting, record, how, by=by, at=at)
            changed.append(name)
    return clashes, changed


def _record_to_tap(meeting: Meeting, record: Action | Goal) -> Any:
    """The record with its tap, as a page of the log reads it."""
    return action_to_tap(meeting, record) if isinstance(record, Action) else goal_to_tap(meeting, record)


def _write_tap(meeting: Meeting, record: Action | Goal, how: str, *, by: User, at: datetime) -> None:
    if isinstance(record, Action):
        write_action_tap(meeting, action=record, how=ActionTap.How(how), by=by, at=at)
    else:
        write_goal_tap(meeting, goal=record, way=GoalTap.Way(how), by=by, at=at)
