"""The page of the simulator: choose a level, a place and a time, and see who would be told."""

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
from concerns.simulation.operations import SimulatedTelling, route_case, simulate
from concerns.simulation.timeline import clock_changes, timeline_of
from core.templatetags.ui import length_in_words
from core.worktime import LONDON, WorkingTime

FAR = timedelta(days=60)
"""The last day to choose is this long before the end of the list of holidays, so that the longest ladder fits."""


@dataclass(frozen=True)
class TellingRow:
    """One row of the table: a telling, how long after the start, and how much working time that is."""

    telling: SimulatedTelling
    after: str
    working: str


@require_safe
def simulator(request: SignedInRequest) -> HttpResponse:
    SimulatingAccess(request.user).require(SimulatingAccess.simulate)
    worktime = working_time()
    form = _form_of(request, worktime)
    shown: dict[str, Any] = {"form": form}
    if form.is_valid():
        shown |= _results_of(form, worktime)
    return TemplateResponse(request, "concerns/simulation/simulator.html", shown)


def _form_of(request: SignedInRequest, worktime: WorkingTime) -> SimulatorForm:
    """The form as it was sent, or for an urgent concern now."""
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


def _results_of(form: SimulatorForm, worktime: WorkingTime) -> dict[str, Any]:
    """What the page shows of the result: the table and the drawing."""
    case, moment = form.case(), form.cleaned_data["moment"]
    tellings = simulate(case, at=moment)
    last = tellings[-1].at if tellings else moment
    return {
        "case": case,
        "route": route_case(case, at=moment),
        "moment": moment,
        "lines": [
            TellingRow(one, _delay_text_of(one.at, moment), _working_time_text_of(one.at, moment, worktime))
            for one in tellings
        ],
        "timeline": timeline_of(tellings, moment, worktime),
        "changes": clock_changes(moment, last),
        "holidays": sorted(day for day in worktime.holidays if moment.date() <= day <= last.astimezone(LONDON).date()),
    }


def _delay_text_of(at: datetime, moment: datetime) -> str:
    return "at once" if at <= moment else f"after {length_in_words(at - moment)}"


def _working_time_text_of(at: datetime, moment: datetime, worktime: WorkingTime) -> str:
    spent = worktime.between(moment, at)
    return working_time_in_words(spent) if spent else ""
