"""Keeping a page's rows of taps, one row each for an action or a goal, when two people may be in one draft."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from circles.action.models import Action, ActionTap
from circles.action.operations import write_action_tap
from circles.goal.models import Goal, GoalTap
from circles.goal.operations import write_goal_tap
from circles.log.page_operations import Clash, Page, clash, clashing, keeps_theirs
from circles.meeting.models import Meeting
from circles.minutes.drafting import lock_draft, note_saving


@transaction.atomic
def save_taps(meeting: Meeting, *, page: Page, by: User, at: datetime) -> list[Clash]:
    """Keep the taps that differ from what stands; what somebody else has tapped meanwhile is answered with.

    Apart from `save_page`, so that an action dropped meanwhile never holds back what was written.
    """
    return write_taps(lock_draft(meeting, by=by), page=page, by=by, at=at)


def write_taps(meeting: Meeting, *, page: Page, by: User, at: datetime) -> list[Clash]:
    """The same in a draft whose meeting is locked already."""
    if not page.tapped:
        return []
    with transaction.atomic():
        return write_changed_taps(meeting, page, by=by, at=at)


def write_changed_taps(meeting: Meeting, page: Page, *, by: User, at: datetime) -> list[Clash]:
    standing = what_is_tapped(meeting)
    clashes, changed = [], []
    for name, (record, how) in page.tapped.items():
        now = standing.get(name, "")
        if how == now:
            continue
        if clashing(meeting.minutes, name, how, page, by):
            clashes.append(clash(meeting.minutes, name, now, how, by, page))
        elif not keeps_theirs(meeting.minutes, name, how, page, by):
            tap(meeting, record, how, by=by, at=at)
            changed.append(name)
    if changed:
        note_saving(meeting.minutes, by=by, at=at, changed=changed, hand=page.hand)
    return clashes


def what_is_tapped(meeting: Meeting) -> dict[str, str]:
    """The draft's taps, by the name of their row."""
    actions = meeting.action_taps.values_list("action__reference", "how")
    goals = meeting.goal_taps.values_list("goal__reference", "way")
    tapped = {f"action-{reference}": str(how) for reference, how in actions}
    return tapped | {f"goal-{reference}": str(way) for reference, way in goals}


def tap(meeting: Meeting, record: Action | Goal, how: str, *, by: User, at: datetime) -> None:
    if isinstance(record, Action):
        write_action_tap(meeting, action=record, how=ActionTap.How(how), by=by, at=at)
    else:
        write_goal_tap(meeting, goal=record, way=GoalTap.Way(how), by=by, at=at)
