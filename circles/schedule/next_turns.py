"""Who takes the minutes of the next meetings, planned or foreseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from circles.rota.models import Swap
from circles.rota.turns import Rota
from circles.schedule.rhythm import coming
from volunteers.volunteer.models import Volunteer

SHOWN = 6


@dataclass(frozen=True)
class Turn:
    """One coming meeting and whose turn it is; without a meeting it is foreseen and may still change."""

    planned_at: datetime
    volunteer: Volunteer | None
    meeting: Meeting | None
    swap: Swap | None
    is_mine: bool
    is_asked_of_me: bool
    others: list[Volunteer]
    """Whom somebody whose turn it is may ask, while nobody is asked yet."""


def next_turns(
    circle: Circle, *, user: User, members: Sequence[Membership], meetings: Sequence[Meeting], at: datetime
) -> list[Turn]:
    """The next six. `members` are those who belong now, with their last turns; `meetings` hold all that are planned."""
    rota = Rota.of(members)
    swaps = {
        swap.meeting_id: swap
        for swap in Swap.objects.visible_to(user)
        .standing(at)
        .filter(meeting__circle=circle)
        .select_related("giver__user", "taker__user", "in_return")
    }
    turns = []
    for one in coming(circle, at=at, most=SHOWN * 3, meetings=meetings):
        if one.planned_at is None or (one.meeting is not None and one.meeting.is_called_off):
            continue
        taker = one.meeting.minute_taker if one.meeting is not None else rota.turn(one.planned_at)
        swap = swaps.get(one.meeting.pk) if one.meeting is not None else None
        turns.append(turn(one.planned_at, one.meeting, taker, swap, user, members))
    return turns[:SHOWN]


def turn(
    planned_at: datetime,
    meeting: Meeting | None,
    taker: Volunteer | None,
    swap: Swap | None,
    user: User,
    members: Sequence[Membership],
) -> Turn:
    mine = taker is not None and taker.user_id == user.pk
    may_ask = mine and meeting is not None and meeting.status == Meeting.Status.PLANNED and swap is None
    return Turn(
        planned_at=planned_at,
        volunteer=taker,
        meeting=meeting,
        swap=swap,
        is_mine=mine,
        is_asked_of_me=swap is not None and swap.taker.user_id == user.pk,
        others=[member.volunteer for member in members if member.volunteer != taker] if may_ask else [],
    )
