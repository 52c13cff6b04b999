"""The home page: what waits for this person, from every app, the most pressing first."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts import worklist as accounts_worklist
from accounts.access import Role
from accounts.models import User
from accounts.requests import SignedInRequest
from alerts import worklist as alerts_worklist
from circles.overview.circle_lines import circle_lines_of
from circles.worklist import KINDS as CIRCLE_KINDS
from circles.worklist.lines import find_work, home_reader
from circles.worklist.tonight import tonight_of
from circles.worklist.wall import wall_of
from concerns.overview.strands import open_counts_for
from concerns.raising.access import may_raise_as_staff
from concerns.worklist import KINDS as CONCERN_KINDS
from concerns.worklist import other_work_for
from concerns.worklist import own as own_worklist
from core.worklist import WorkItem, sort_work
from core.worktime import LONDON

KINDS = (*CONCERN_KINDS, *CIRCLE_KINDS)
"""Every kind of work that one query finds. A circle's page reads the same ones."""

WORKLISTS = [other_work_for, alerts_worklist.work_of, accounts_worklist.work_of]
"""Each app's list of what else waits for a person. A new kind of work is added there, and not on this page."""


def home(request: SignedInRequest) -> HttpResponse:
    """Show what waits, the most pressing first; and beside it a volunteer's meeting, a coordinator's circles, the wall."""
    now, user = timezone.now(), request.user
    own = own_worklist.own_work_of(user, now)
    volunteers = user.has_role(Role.VOLUNTEER)
    waiting = sort_work([*all_work_of(user, now), *own.waiting], now)
    shown = {
        "now": now,
        "today": now.astimezone(LONDON).date(),
        "greeting": _greeting_at(now),
        "is_volunteer": volunteers,
        "may_raise": may_raise_as_staff(user),
        "tonight": tonight_of(user, now) if volunteers else None,
        "at_once": [item for item in waiting if item.is_at_once],
        "waiting": [item for item in waiting if not item.is_at_once],
        "circles": circle_lines_of(user, now, open_counts_for(user)) if user.has_role(Role.COORDINATOR) else None,
        "wall": wall_of(user, now, KINDS, waiting) if user.has_role(Role.MANAGER) else None,
        "came_of_it": own.news,
    }
    return TemplateResponse(request, "home.html", shown)


def all_work_of(user: User, at: datetime) -> list[WorkItem]:
    """Everything that waits for this person, the most urgent first."""
    asked = [*find_work(KINDS, home_reader(user, at)), *(item for ask in WORKLISTS for item in ask(user, at))]
    return sort_work(asked, at)


def _greeting_at(at: datetime) -> str:
    hour = at.astimezone(LONDON).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 17 else "Good evening"
