"""Pages: propose a circle, see what is still to do, and take it from one state to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess, OpeningAccess
from circles.circle.forms import ConfirmForm, ReasonForm
from circles.circle.models import Circle
from circles.circle.opener import open_circle
from circles.life import operations
from circles.life.forms import EndForm, MatchForm, MoveEndForm, ProposeForm
from circles.life.guards import GuardState, states_of_guards
from circles.life.loose_ends import loose_ends_of
from core.access import Act as PermittedAct
from core.errors import NotSeen
from core.forms import Form, refusals_on
from core.worktime import LONDON

Status = Circle.Status


@dataclass(frozen=True)
class Step:
    """One step: the states it starts from, the words of its page, its form and its operation."""

    name: str
    starts_from: tuple[Circle.Status, ...]
    heading: str
    words: str
    button: str
    form: type[Form]
    operation: Callable[..., Circle]
    act: PermittedAct[CircleAccess] = CircleAccess.change_stage


STEPS = [
    Step(
        "match",
        (Status.PROPOSED,),
        "Confirm the volunteers",
        "Each was given the outline and could say no.",
        "Confirm",
        MatchForm,
        operations.match_circle,
    ),
    Step(
        "prepare",
        (Status.MATCHED,),
        "Begin to prepare",
        "There is a place. The briefing and the agreement come next.",
        "Begin",
        ConfirmForm,
        operations.prepare_circle,
    ),
    Step(
        "start",
        (Status.PREPARING,),
        "Let the circle meet",
        "Its first meetings are planned, and all members are told.",
        "Start meeting weekly",
        ConfirmForm,
        operations.start_weekly,
    ),
    Step(
        "slow",
        (Status.WEEKLY,),
        "Meet every second week",
        "The coming meetings are planned again. Say what the review decided.",
        "Meet every second week",
        ReasonForm,
        operations.go_fortnightly,
    ),
    Step(
        "quicken",
        (Status.FORTNIGHTLY,),
        "Meet every week again",
        "The coming meetings are planned again.",
        "Meet every week",
        ReasonForm,
        operations.go_weekly,
    ),
    Step(
        "pause",
        (Status.WEEKLY, Status.FORTNIGHTLY),
        "Pause the circle",
        "The coming meetings are withdrawn. Everybody stays a member.",
        "Pause",
        ReasonForm,
        operations.pause_circle,
    ),
    Step(
        "resume",
        (Status.PAUSED,),
        "Meet again",
        "It meets as it did before, once nothing is left to do.",
        "Meet again",
        ConfirmForm,
        operations.resume_circle,
    ),
    Step(
        "move-end",
        (*Circle.BEFORE, Status.WEEKLY, Status.FORTNIGHTLY, Status.PAUSED),
        "Move the planned end",
        "The coming meetings are planned again.",
        "Move it",
        MoveEndForm,
        operations.move_end,
        CircleAccess.close,
    ),
    Step(
        "end",
        (Status.WEEKLY, Status.FORTNIGHTLY, Status.PAUSED),
        "End the circle",
        "The coming meetings are withdrawn. Its members stay until the last minutes are read and it is closed.",
        "Start ending it",
        EndForm,
        operations.begin_ending,
        CircleAccess.close,
    ),
    Step(
        "close",
        (Status.ENDING,),
        "Close the circle",
        "Every membership ends at once. Members no longer see the circle. The history stays.",
        "Close the circle",
        ConfirmForm,
        operations.close_circle,
        CircleAccess.close,
    ),
    Step(
        "abandon",
        (Status.PROPOSED, Status.MATCHED, Status.PREPARING),
        "Give this circle up",
        "It never starts. The core member waits again, and the volunteers are free.",
        "Give it up",
        ReasonForm,
        operations.abandon_circle,
    ),
]
"""In the order of a circle's life."""


@dataclass(frozen=True)
class GuardLine:
    """A guard on the page: its state, and the address where this person may close it, or nothing."""

    state: GuardState
    url: str


def propose(request: SignedInRequest) -> HttpResponse:
    """Begin to plan a circle for a core member who waits for one."""
    OpeningAccess(request.user).require(OpeningAccess.open_circle)
    form = ProposeForm(request.POST or None, by=request.user, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            circle = operations.propose_circle(by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("circles:still_to_do", circle.reference)
    return TemplateResponse(request, "circles/life/propose.html", {"form": form})


def still_to_do(request: SignedInRequest, reference: str) -> HttpResponse:
    """What is still to do before the circle meets or closes, who can do it, and which steps can come next."""
    record = open_circle(request, reference)
    may, now = CircleAccess(request.user, record), timezone.now()
    guard_states = [] if record.is_over else states_of_guards(record, now.astimezone(LONDON).date())
    shown = {
        "circle": record,
        "may": may,
        "tab": "overview",
        "part": "still_to_do",
        "lines": [
            GuardLine(state, state.guard.url_for(record) if may.allows(state.guard.act) else "")
            for state in guard_states
        ],
        "any_open": any(state.is_open for state in guard_states),
        "ends": loose_ends_of(record, at=now) if record.status == Status.ENDING else [],
        "steps": [step for step in STEPS if record.status in step.starts_from and may.allows(step.act)],
    }
    return TemplateResponse(request, "circles/life/still_to_do.html", shown)


def take_step(request: SignedInRequest, reference: str, step: str) -> HttpResponse:
    """Show what the step does and its form. When the form is sent, take the step."""
    record = open_circle(request, reference)
    chosen_step = next((candidate for candidate in STEPS if candidate.name == step), None)
    if chosen_step is None:
        raise NotSeen("step", step)
    CircleAccess(request.user, record).require(chosen_step.act)
    form = chosen_step.form(request.POST if request.method == "POST" else None, at=timezone.now())
    if form.is_valid():
        with refusals_on(form):
            moved = chosen_step.operation(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Circle {moved.reference}: {moved.get_status_display().lower()}.")
            return redirect("circles:still_to_do", record.reference)
    shown: dict[str, Any] = {"circle": record, "step": chosen_step, "form": form}
    return TemplateResponse(request, "circles/life/step.html", shown)
