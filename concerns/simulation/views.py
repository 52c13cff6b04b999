"""The simulator: pick a level, a place and a moment; see who would be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from circles.circle.models import Circle
from concerns.choices import Level
from concerns.engine.outlook import working_time_in_words
from concerns.ladder.models import working_time
from concerns.routing.access import SimulatingAccess, queues_to_try
from concerns.simulation.forms import SimulatorForm
from concerns.simulation.operations import Telling, route_case, simulate
from concerns.simulation.timeline import clock_changes, drawn
from core.templatetags.ui import length_in_words
from core.worktime import LONDON, WorkingTime

FAR = timedelta(days=60)
"""How long before the end of the holiday table a moment may lie, so that the longest ladder fits in it."""


@dataclass(frozen=True)
class Line:
    """A telling as the table has it: number, how long after, and in working time."""

    telling: Telling
    after: str
    working: str


@require_safe
def simulator(request: SignedInRequest) -> HttpResponse:
    SimulatingAccess(request.user).require(SimulatingAccess.simulate)
    worktime = working_time()
    form = asked(request, worktime)
    shown: dict[str, Any] = {"form": form}
    if form.is_valid():
        shown |= answer(form, worktime)
    return TemplateResponse(request, "concerns/simulation/simulator.html", shown)


def asked(request: SignedInRequest, worktime: WorkingTime) -> SimulatorForm:
    """The form as asked, or as it opens: an urgent concern, now."""
    now = timezone.now().astimezone(LONDON)
    queues = list(queues_to_try(request.user).select_related("area").order_by("area__name"))
    opened = {"level": Level.URGENT.value, "moment": now}
    known = [day.year for day in worktime.holidays]
    return SimulatorForm(
        request.GET if "level" in request.GET else None,
        initial=opened,
        queues=queues,
        circles=Circle.objects.visible_to(request.user),
        first=date(min(known, default=now.year), 1, 1),
        until=date(max(known, default=now.year), 12, 31) - FAR,
    )


def answer(form: SimulatorForm, worktime: WorkingTime) -> dict[str, Any]:
    """The table and its drawing."""
    case, moment = form.case(), form.cleaned_data["moment"]
    tellings = simulate(case, at=moment)
    last = tellings[-1].at if tellings else moment
    return {
        "case": case,
        "route": route_case(case, at=moment),
        "moment": moment,
        "lines": [Line(one, after(one.at, moment), worked(one.at, moment, worktime)) for one in tellings],
        "timeline": drawn(tellings, moment, worktime),
        "changes": clock_changes(moment, last),
        "holidays": sorted(day for day in worktime.holidays if moment.date() <= day <= last.astimezone(LONDON).date()),
    }


def after(at: datetime, moment: datetime) -> str:
    return "at once" if at <= moment else f"after {length_in_words(at - moment)}"


def worked(at: datetime, moment: datetime, worktime: WorkingTime) -> str:
    spent = worktime.between(moment, at)
    return working_time_in_words(spent) if spent else ""
