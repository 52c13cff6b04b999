"""The acts on a record's own page: which are offered, and how one is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.requests import SignedInRequest
from concerns.concern.old_pages import guard_old_page, refusal_without_form
from core.access import Access, Act
from core.errors import Refused
from core.forms import Form, refusals_on
from core.sight import note_story


@dataclass(frozen=True)
class RecordAct:
    """One act: its words, the leave it needs, its operation, the states in which it is offered, and its form."""

    name: str
    words: str
    permission: Act[Any]
    operation: Callable[..., Any]
    states: tuple[str, ...]
    form: type[Form] | None = None


@dataclass(frozen=True)
class Trouble:
    """What went wrong with an act: its form as it was typed, or a refusal."""

    act: str = ""
    form: Form | None = None
    refusal: str = ""

    @property
    def status(self) -> int:
        return 422 if self.act or self.refusal else 200


NO_TROUBLE = Trouble()

OWN_PAGE_TELLS = "its own page tells who did what, with the form as it was typed"

Offered = list[tuple[RecordAct, Form | None]]


def acts_by_name(*acts: RecordAct) -> dict[str, RecordAct]:
    return {act.name: act for act in acts}


def offered_acts(acts: Mapping[str, RecordAct], status: str, may: Access, trouble: Trouble) -> Offered:
    """Every act this person may do now, with its form. The act that just failed has what was typed."""
    if getattr(may, "read_story", True):
        note_story(may.record)
    return [
        (act, trouble.form if act.name == trouble.act else (act.form(prefix=act.name) if act.form else None))
        for act in acts.values()
        if status in act.states and may.allows(act.permission)
    ]


def do_act(
    request: SignedInRequest,
    act: RecordAct,
    record: Any,
    may: Access,
    show: Callable[[Trouble], HttpResponse],
    then: Any,
) -> HttpResponse:
    """Do one act and redirect to `then`, or show the page again with what was typed and what is wrong."""
    may.require(act.permission)
    form = act.form(request.POST, prefix=act.name) if act.form else None
    if form is not None:
        if form.is_valid():
            with refusals_on(form), guard_old_page(request, record, may):
                act.operation(record, by=request.user, at=timezone.now(), **form.cleaned_data)
            if form.is_valid():
                return redirect(then)
        record.refresh_from_db(fields=["status"])
        if record.status in act.states:
            return show(Trouble(act.name, form))
        return show(Trouble(refusal=refusal_without_form(form)))
    try:
        with guard_old_page(request, record, may):
            act.operation(record, by=request.user, at=timezone.now())
    except Refused as refusal:
        return show(Trouble(refusal=refusal.message))
    return redirect(then)
