"""The home page: what waits for this person, from every app, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.access import Role
from accounts.models import User
from accounts.requests import SignedInRequest
from alerts import worklist as alerts_worklist
from circles.overview.circle_lines import circle_lines_of
from circles.worklist.lines import find_work, home_reader, wall_reader
from circles.worklist.tonight import tonight_of
from circles.worklist.wall import WallGroup, groups_of
from concerns.overview.strands import open_counts_for
from concerns.raising.access import may_raise_as_staff
from concerns.worklist import other_work_for
from concerns.worklist import own as own_worklist
from config.kinds import KINDS
from core.worklist import WorkItem, sort_work
from core.worktime import LONDON

WORKLISTS = [other_work_for, alerts_worklist.work_of]
"""Each app's list of what else waits for a person. A new kind of work is added there, and not on this page."""


@dataclass(frozen=True)
class HomeWork:
    """What waits for one person, the most pressing first; and for a manager the wall."""

    waiting: list[WorkItem]
    wall: list[WallGroup] | None = None


def home(request: SignedInRequest) -> HttpResponse:
    """Show what waits, the most pressing first; and beside it a volunteer's meeting, a coordinator's circles, the wall."""
    now, user = timezone.now(), request.user
    own = own_worklist.own_work_of(user, now)
    work = home_work_of(user, now, own.waiting)
    volunteers = user.has_role(Role.VOLUNTEER)
    shown = {
        "today": now.astimezone(LONDON).date(),
        "greeting": _greeting_at(now),
        "is_volunteer": volunteers,
        "may_raise": may_raise_as_staff(user),
        "tonight": tonight_of(user, now) if volunteers else None,
        "at_once": [item for item in work.waiting if item.is_at_once],
        "waiting": [item for item in work.waiting if not item.is_at_once],
        "circles": circle_lines_of(user, now, open_counts_for(user)) if user.has_role(Role.COORDINATOR) else None,
        "wall": work.wall,
        "came_of_it": own.news,
    }
    return TemplateResponse(request, "home.html", shown)


def home_work_of(user: User, at: datetime, own: Sequence[WorkItem] = ()) -> HomeWork:
    """Everything that waits for this person, and the wall. `own` is what they have not sent. One query for all kinds."""
    reader = home_reader(user, at)
    walls = [wall_reader(reader)] if user.has_role(Role.MANAGER) else []
    found, *late = find_work(KINDS, reader, *walls)
    others = [item for ask in WORKLISTS for item in ask(user, at)]
    waiting = sort_work([*found, *others, *own], at)
    return HomeWork(waiting, groups_of(late[0], at) if late else None)


def _greeting_at(at: datetime) -> str:
    hour = at.astimezone(LONDON).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 17 else "Good evening"
