"""A concern's page, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from audit.trail import who_looked as lookers
from concerns.access import ConcernAccess
from concerns.forms.working import AcknowledgeForm, ActionForm, AnswerForm, ErrorForm, FeedbackForm, UntilForm
from concerns.models import Concern, ConcernEvent, Side
from concerns.operations import (
    acknowledge_concern,
    answer_concern,
    claim_concern,
    close_concern,
    give_feedback,
    mark_raised_in_error,
    pass_to_queue,
    record_action,
    release_claim,
)
from concerns.operations.plan import Plans
from concerns.operations.promise import ACTION, latest_promise
from concerns.views.opening import find_concern, open_concern
from concerns.views.outlook import SideClock, clocks_of
from core.errors import Refused
from core.forms import refusals_on

A_PAGE = 50


@dataclass
class Act:
    """One act on the page: its form, its operation, where it posts."""

    name: str
    leave: str
    operation: Callable[..., Any]
    form: type[forms.Form] | None = None
    states: tuple[str, ...] = field(default_factory=tuple)


ACTS = {
    each.name: each
    for each in [
        Act("acknowledge", "acknowledge", acknowledge_concern, AcknowledgeForm, ("raised", "acknowledged", "answered")),
        Act("claim", "claim", claim_concern, None, ("raised", "acknowledged")),
        Act("release", "claim", release_claim, None, ("raised", "acknowledged")),
        Act("action", "record_action", record_action, ActionForm, ("acknowledged", "answered")),
        Act("pass_on", "pass_on", pass_to_queue, None, ("raised", "acknowledged")),
        Act("answer", "answer", answer_concern, AnswerForm, ("acknowledged",)),
        Act("feedback", "give_feedback", give_feedback, FeedbackForm, ("acknowledged", "answered")),
        Act("close", "close", close_concern, None, ("answered",)),
        Act("in_error", "mark_raised_in_error", mark_raised_in_error, ErrorForm, ("raised", "acknowledged")),
    ]
}
"""Every act the page offers, in its order, with the states it can be done in."""


def made(act: Act, at: datetime, latest: datetime, data: Any = None) -> forms.Form | None:
    """The act's form, promises with the times the level allows."""
    if act.form is None:
        return None
    if issubclass(act.form, UntilForm):
        return act.form(data, at=at, latest=latest, prefix=act.name)
    return act.form(data, prefix=act.name)


def latest_for(
    events: list[ConcernEvent], plans: Plans, concern: Concern, may: ConcernAccess, at: datetime
) -> datetime:
    """How far this person's promise may reach at that moment."""
    acted = any(event.what == ACTION for event in events)
    return latest_promise(plans.of(concern, may.side), acted=acted, at=at)


@require_safe
def concern(request: SignedInRequest, reference: str) -> HttpResponse:
    found = open_concern(request, reference)
    may = ConcernAccess(request.user, found)
    if not may.read_story:
        return redirect("concerns:receipt", found.reference)
    return show(request, found, may)


def show(
    request: SignedInRequest,
    found: Concern,
    may: ConcernAccess,
    *,
    failed: str = "",
    form: forms.Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    """The page, with the form that was refused as it was sent, so that nothing typed is lost."""
    plans, now = Plans([found]), timezone.now()
    events = list(found.events.select_related("by").order_by("at", "pk"))
    latest = latest_for(events, plans, found, may, now)
    offered = {
        act.name: (form if act.name == failed else made(act, now, latest))
        for act in ACTS.values()
        if found.status in act.states and getattr(may, act.leave)
    }
    if found.queued_at is not None or found.queue_id is None:
        offered.pop("pass_on", None)
    if found.status == Concern.Status.ANSWERED and may.side == Side.AGENCY:
        offered = {name: each for name, each in offered.items() if name not in {"acknowledge", "action"}}
    clocks = clocks_of(found, plans, now) if found.is_open else []
    shown = {
        "concern": found,
        "may": may,
        "forms": offered,
        "failed": failed,
        "refusal": refusal,
        "clocks": clocks,
        "mine": my_clock(clocks, may),
        "holidays_changed": found.is_open and plans.holidays_changed_since(found),
        "author": author(found, may),
        "restrictions": found.circle.restrictions_in_force(timezone.localdate(now)),
        "events": events,
        "looked": lookers(Concern.audit_kind, found.reference).values("actor").distinct().count(),
    }
    return TemplateResponse(request, "concerns/concern.html", shown, status=422 if refusal or failed else 200)


def author(found: Concern, may: ConcernAccess) -> str:
    """Who wrote it, as far as this page says: what they are, never their name."""
    if may.raised_it:
        return "You"
    if found.raised_by_id == found.circle.coordinator_id:
        return "The coordinator"
    return "A volunteer" if found.by_volunteer else "Somebody at the charity"


def my_clock(clocks: list[SideClock], may: ConcernAccess) -> SideClock | None:
    """The clock this person answers for."""
    return next((clock for clock in clocks if clock.side == may.side), None)


@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    """Do one act, or show the page again with what was typed and what is wrong."""
    doing = ACTS[act]
    found = find_concern(request, reference)
    may = ConcernAccess(request.user, found)
    may.require(doing.leave)
    now = timezone.now()
    form = made(doing, now, latest_for(list(found.events.all()), Plans([found]), found, may, now), request.POST)
    if form is not None:
        if form.is_valid():
            with refusals_on(form):
                doing.operation(found, by=request.user, at=now, **form.cleaned_data)
                return redirect(found)
        return show(request, found, may, failed=act, form=form)
    try:
        doing.operation(found, by=request.user, at=now)
    except Refused as refusal:
        return show(request, found, may, refusal=refusal.message)
    return redirect(found)


@require_safe
def who_looked(request: SignedInRequest, reference: str) -> HttpResponse:
    found = open_concern(request, reference)
    may = ConcernAccess(request.user, found)
    may.require("see_who_looked")
    page = Paginator(lookers(Concern.audit_kind, found.reference), A_PAGE).get_page(request.GET.get("page"))
    shown = {"concern": found, "may": may, "page": page}
    return TemplateResponse(request, "concerns/who_looked.html", shown)
