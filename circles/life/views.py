"""Proposing a circle, what is still to do, and taking it from stage to stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess, OpeningAccess
from circles.circle.forms import ConfirmForm, ReasonForm
from circles.circle.models import Circle
from circles.circle.opener import open_circle
from circles.life import operations
from circles.life.forms import EndForm, MatchForm, MoveEndForm, ProposeForm
from circles.life.guards import Standing, standing
from circles.life.loose_ends import loose_ends
from core.access import Act as PermittedAct
from core.errors import NotSeen
from core.forms import Form, refusals_on
from core.worktime import LONDON

S = Circle.Status


@dataclass(frozen=True)
class Step:
    """One way on: from which stages, what the page says, what it asks and what it does."""

    name: str
    since: tuple[Circle.Status, ...]
    heading: str
    words: str
    button: str
    form: type[Form]
    operation: Callable[..., Circle]
    act: PermittedAct[CircleAccess] = CircleAccess.lead


STEPS = [
    Step(
        "match",
        (S.PROPOSED,),
        "The volunteers are found",
        "Each was given the outline and could say no.",
        "They are found",
        MatchForm,
        operations.match_circle,
    ),
    Step(
        "prepare",
        (S.MATCHED,),
        "Begin to prepare",
        "There is a place. The briefing and the agreement come next.",
        "Begin",
        ConfirmForm,
        operations.prepare_circle,
    ),
    Step(
        "start",
        (S.PREPARING,),
        "Let the circle meet",
        "Its first meetings are planned, and all its members told.",
        "Start meeting weekly",
        ConfirmForm,
        operations.start_weekly,
    ),
    Step(
        "slow",
        (S.WEEKLY,),
        "Meet every second week",
        "What is planned is planned anew. Say what the review decided.",
        "Meet every second week",
        ReasonForm,
        operations.go_fortnightly,
    ),
    Step(
        "quicken",
        (S.FORTNIGHTLY,),
        "Meet every week again",
        "What is planned is planned anew.",
        "Meet every week",
        ReasonForm,
        operations.go_weekly,
    ),
    Step(
        "pause",
        (S.WEEKLY, S.FORTNIGHTLY),
        "Pause the circle",
        "Coming meetings are withdrawn. Whoever belongs still belongs.",
        "Pause",
        ReasonForm,
        operations.pause_circle,
    ),
    Step(
        "resume",
        (S.PAUSED,),
        "Meet again",
        "It meets as it did before, once nothing is left to do.",
        "Meet again",
        ConfirmForm,
        operations.resume_circle,
    ),
    Step(
        "move-end",
        (*Circle.BEFORE, S.WEEKLY, S.FORTNIGHTLY, S.PAUSED),
        "Move the planned end",
        "What is planned is planned anew.",
        "Move it",
        MoveEndForm,
        operations.move_end,
        CircleAccess.close,
    ),
    Step(
        "end",
        (S.WEEKLY, S.FORTNIGHTLY, S.PAUSED),
        "End the circle",
        "Coming meetings are withdrawn. Its members stay until the last minutes are read and it is closed.",
        "Begin the end",
        EndForm,
        operations.begin_ending,
        CircleAccess.close,
    ),
    Step(
        "close",
        (S.ENDING,),
        "Close the circle",
        "Everybody’s membership ends at once, and with it their sight of the circle. The history stays.",
        "Close the circle",
        ConfirmForm,
        operations.close_circle,
        CircleAccess.close,
    ),
    Step(
        "abandon",
        (S.PROPOSED, S.MATCHED, S.PREPARING),
        "Give this circle up",
        "It never starts. The core member waits again, and the volunteers are free.",
        "Give it up",
        ReasonForm,
        operations.abandon_circle,
    ),
]
"""In the order of a circle's life."""


@dataclass(frozen=True)
class Line:
    """A guard as the page shows it: how it stands, and where this person may close it."""

    standing: Standing
    url: str


def propose(request: SignedInRequest) -> HttpResponse:
    """Begin to plan a circle for a core member who waits for one."""
    OpeningAccess(request.user).require(OpeningAccess.open_circle)
    form = ProposeForm(request.POST or None, by=request.user, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            made = operations.propose_circle(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:stands_open", made.reference)
    return TemplateResponse(request, "circles/life/propose.html", {"form": form})


def stands_open(request: SignedInRequest, reference: str) -> HttpResponse:
    """What keeps the circle from meeting or from closing, who can close it, and what can come next."""
    record = open_circle(request, reference)
    may, now = CircleAccess(request.user, record), timezone.now()
    guards = [] if record.is_over else standing(record, now.astimezone(LONDON).date())
    shown = {
        "circle": record,
        "may": may,
        "tab": "overview",
        "part": "stands_open",
        "lines": [Line(one, where(one, record) if may.allows(one.guard.act) else "") for one in guards],
        "any_open": any(one.is_open for one in guards),
        "ends": loose_ends(record, at=now) if record.status == S.ENDING else [],
        "steps": [step for step in STEPS if record.status in step.since and may.allows(step.act)],
    }
    return TemplateResponse(request, "circles/life/stands_open.html", shown)


def where(one: Standing, circle: Circle) -> str:
    """The page that closes a guard: his for the contacts, the circle's for the rest."""
    his = one.guard.page.startswith("offenders:")
    return reverse(one.guard.page, args=[circle.core_member.reference if his else circle.reference])


def step(request: SignedInRequest, reference: str, step: str) -> HttpResponse:
    """Say what the step does, ask what it wants to know, and take it."""
    record = open_circle(request, reference)
    taken = next((one for one in STEPS if one.name == step), None)
    if taken is None:
        raise NotSeen("step", step)
    CircleAccess(request.user, record).require(taken.act)
    form = taken.form(request.POST if request.method == "POST" else None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            moved = taken.operation(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Circle {moved.reference}: {moved.get_status_display().lower()}.")
            return redirect("circles:stands_open", record.reference)
    shown: dict[str, Any] = {"circle": record, "step": taken, "form": form}
    return TemplateResponse(request, "circles/life/step.html", shown)
