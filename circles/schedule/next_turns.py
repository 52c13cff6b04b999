"""Who takes the minutes of the next meetings, whether they are planned or only expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from circles.circle.models import Circle, Membership
from circles.meeting.models import Meeting
from circles.rota.models import Swap
from circles.rota.turns import Rota
from circles.schedule.rhythm import coming_occasions_of
from volunteers.volunteer.models import Volunteer

SHOWN = 6


@dataclass(frozen=True)
class Turn:
    """One coming meeting and whose turn it is. Without `meeting` it is only expected, and may change."""

    planned_at: datetime
    volunteer: Volunteer | None
    meeting: Meeting | None
    swap: Swap | None
    is_mine: bool
    is_asked_of_me: bool
    others: list[Volunteer]
    """The people whom this reader may ask to swap: empty unless it is their turn and nobody is asked yet."""


def next_turns_of(
    circle: Circle, *, user: User, members: Sequence[Membership], meetings: Sequence[Meeting], at: datetime
) -> list[Turn]:
    """The next six turns. `members` belong now, with their last turns; `meetings` must hold all that are planned."""
    rota = Rota.of(members)
    swaps = {
        swap.meeting_id: swap
        for swap in Swap.objects.visible_to(user)
        .open_at(at)
        .filter(meeting__circle=circle)
        .select_related("giver__user", "taker__user", "in_return")
    }
    turns = []
    for occasion in coming_occasions_of(circle, at=at, most=SHOWN * 3, meetings=meetings):
        if occasion.planned_at is None or (occasion.meeting is not None and occasion.meeting.is_called_off):
            continue
        taker = occasion.meeting.minute_taker if occasion.meeting is not None else rota.give_turn(occasion.planned_at)
        swap = swaps.get(occasion.meeting.pk) if occasion.meeting is not None else None
        turns.append(_turn_of(occasion.planned_at, occasion.meeting, taker, swap, user, members))
    return turns[:SHOWN]


def _turn_of(
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
