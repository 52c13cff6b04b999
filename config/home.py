"""The home page: what waits for this person, from every app. A volunteer's meeting of tonight comes first."""

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
from circles import worklist as circles_worklist
from concerns import worklist as concerns_worklist
from concerns.raising.access import may_raise_as_staff
from concerns.worklist import own as own_worklist
from core.worklist import WorkItem, sort_work
from core.worktime import LONDON

WORKLISTS = [
    circles_worklist.work_of,
    concerns_worklist.work_of,
    alerts_worklist.work_of,
    accounts_worklist.work_of,
]
"""Each app's list of what waits for a person. A new kind of work is added there, and not on this page."""


def home(request: SignedInRequest) -> HttpResponse:
    """Show tonight's meeting, how to raise a worry, what waits, and what came of worries."""
    now = timezone.now()
    own = own_worklist.own_work_of(request.user, now)
    volunteers = request.user.has_role(Role.VOLUNTEER)
    shown = {
        "today": now.astimezone(LONDON).date(),
        "greeting": _greeting_at(now),
        "is_volunteer": volunteers,
        "may_raise": may_raise_as_staff(request.user),
        "tonight": circles_worklist.tonight_of(request.user, now) if volunteers else None,
        "waiting": sort_work([*all_work_of(request.user, now), *own.waiting]),
        "came_of_it": own.news,
    }
    return TemplateResponse(request, "home.html", shown)


def all_work_of(user: User, at: datetime) -> list[WorkItem]:
    """Everything that waits for this person, the most urgent first."""
    return sort_work(item for ask in WORKLISTS for item in ask(user, at))


def _greeting_at(at: datetime) -> str:
    hour = at.astimezone(LONDON).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 17 else "Good evening"
