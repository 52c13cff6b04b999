"""Save a page's taps about actions and goals, when two people may be writing the same draft."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from circles.action.models import Action, ActionTap
from circles.action.operations import write_action_tap
from circles.goal.models import Goal, GoalTap
from circles.goal.operations import write_goal_tap
from circles.log.page_operations import Clash, SentPage, clash_of, is_clash, is_theirs_kept
from circles.meeting.models import Meeting
from circles.minutes.drafting import note_saving


def write_taps(meeting: Meeting, *, page: SentPage, by: User, at: datetime) -> list[Clash]:
    """Save the taps that changed, in a draft whose meeting is locked. Returns what somebody else has tapped meanwhile.

    Separate from `save_page`, so that an action dropped meanwhile never prevents saving what was written.
    """
    return _write_changed_taps(meeting, page, by=by, at=at) if page.tapped else []


@transaction.atomic
def _write_changed_taps(meeting: Meeting, page: SentPage, *, by: User, at: datetime) -> list[Clash]:
    saved = _saved_taps_of(meeting)
    clashes, changed = [], []
    for name, (record, how) in page.tapped.items():
        now = saved.get(name, "")
        if how == now:
            continue
        if is_clash(meeting.minutes, name, how, page, by):
            clashes.append(clash_of(meeting.minutes, name, now, how, by, page))
        elif not is_theirs_kept(meeting.minutes, name, how, page, by):
            _write_tap(meeting, record, how, by=by, at=at)
            changed.append(name)
    if changed:
        note_saving(meeting.minutes, by=by, at=at, changed=changed, hand=page.hand)
    return clashes


def _saved_taps_of(meeting: Meeting) -> dict[str, str]:
    """The saved taps of the draft, by the name of their row."""
    actions = meeting.action_taps.values_list("action__reference", "how")
    goals = meeting.goal_taps.values_list("goal__reference", "way")
    tapped = {f"action-{reference}": str(how) for reference, how in actions}
    return tapped | {f"goal-{reference}": str(way) for reference, way in goals}


def _write_tap(meeting: Meeting, record: Action | Goal, how: str, *, by: User, at: datetime) -> None:
    if isinstance(record, Action):
        write_action_tap(meeting, action=record, how=ActionTap.How(how), by=by, at=at)
    else:
        write_goal_tap(meeting, goal=record, way=GoalTap.Way(how), by=by, at=at)
