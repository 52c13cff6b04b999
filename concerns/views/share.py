"""What agencies were told: composing it, sending it, reading it as its recipient, answering it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from audit.models import Act as Kind
from audit.trail import consulted, recorded
from concerns.access import ConcernAccess, ShareAccess
from concerns.forms.share import NAMES, ChaseForm, ReasonForm, ReplyForm, ShareForm
from concerns.models import Share
from concerns.operations import (
    acknowledge_share,
    approve_share,
    chase_share,
    decide_not_to_share,
    propose_share,
    recall_share,
    record_failure,
    send_share,
)
from concerns.views.opening import open_concern
from core.errors import NotSeen, Refused
from core.forms import refusals_on


@dataclass(frozen=True)
class Act:
    """One act on a share: its words, its leave, its operation, its form, and the states it can be done in."""

    name: str
    words: str
    leave: str
    operation: Callable[..., Any]
    states: tuple[str, ...]
    form: type[forms.Form] | None = None


OUT = ("sent", "received")

ACTS = {
    each.name: each
    for each in [
        Act("approve", "Approve it", "approve", approve_share, ("proposed",)),
        Act("send", "I have told them", "send", send_share, ("approved",)),
        Act("reply", "They have it", "acknowledge", acknowledge_share, OUT, ReplyForm),
        Act("chase", "Chase an answer", "send", chase_share, OUT, ChaseForm),
        Act("failed", "It did not arrive", "send", record_failure, ("sent",), ReasonForm),
        Act("recall", "Call it back", "send", recall_share, (*OUT, "acknowledged"), ReasonForm),
        Act("not_shared", "Decide not to tell them", "send", decide_not_to_share, ("proposed", "approved"), ReasonForm),
    ]
}
"""Every act the page offers, in its order."""


def find_share(request: SignedInRequest, reference: str) -> Share:
    """The share of this reference, its reading not logged. Raises NotSeen."""
    shares = Share.objects.visible_to(request.user).select_related(
        "concern__circle__core_member", "recipient", "proposed_by", "approved_by", "sent_by", "corrects"
    )
    found = shares.filter(reference=reference).first()
    if found is None:
        raise NotSeen(Share.audit_kind, reference)
    return found


def open_share(request: SignedInRequest, reference: str) -> Share:
    found = find_share(request, reference)
    consulted(found, by=request.user, at=timezone.now(), within=found.concern.filed_within)
    return found


@require_safe
def shares(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything told about one concern, and everything decided not to be."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require("share")
    found = concern.shares.order_by("proposed_at", "pk")
    return TemplateResponse(request, "concerns/shares.html", {"concern": concern, "shares": found})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """Compose what an agency is to be told; `corrects` names the share it replaces."""
    concern = open_concern(request, reference)
    ConcernAccess(request.user, concern).require("share")
    wrong = find_share(request, request.GET["corrects"]) if request.GET.get("corrects") else None
    form = ShareForm(request.POST or None, concern=concern, initial=offered(wrong))
    if form.is_valid():
        with refusals_on(form):
            made = propose_share(concern, corrects=wrong, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect(made)
    return TemplateResponse(request, "concerns/share_form.html", {"concern": concern, "form": form, "wrong": wrong})


def offered(wrong: Share | None) -> dict[str, Any]:
    """What a corrected one starts from: the one that was wrong."""
    if wrong is None:
        return {}
    return {name: getattr(wrong, name) for name in NAMES}


@require_safe
def share(request: SignedInRequest, reference: str) -> HttpResponse:
    return show(request, open_share(request, reference))


def show(
    request: SignedInRequest, found: Share, *, failed: str = "", form: forms.Form | None = None, refusal: str = ""
) -> HttpResponse:
    """The charity's page with its story and acts; to a recipient, the words and a box to reply."""
    may = ShareAccess(request.user, found)
    acts = [
        (act, form if act.name == failed else (act.form(prefix=act.name) if act.form else None))
        for act in ACTS.values()
        if found.status in act.states and getattr(may, act.leave)
    ]
    shown = {
        "share": found,
        "may": may,
        "acts": acts,
        "failed": failed,
        "refusal": refusal,
        "events": found.events.select_related("by").order_by("at", "pk") if may.read_story else [],
        "now": timezone.now(),
    }
    page = "concerns/share.html" if may.read_story else "concerns/share_received.html"
    return TemplateResponse(request, page, shown, status=422 if failed or refusal else 200)


@require_POST
def act_on(request: SignedInRequest, reference: str, act: str) -> HttpResponse:
    """Do one act, or show the page again with what was typed and what is wrong."""
    doing, found = ACTS[act], find_share(request, reference)
    ShareAccess(request.user, found).require(doing.leave)
    form = doing.form(request.POST, prefix=act) if doing.form else None
    if form is not None:
        if form.is_valid():
            with refusals_on(form):
                doing.operation(found, by=request.user, at=timezone.now(), **form.cleaned_data)
                return redirect(found.get_absolute_url() if act != "recall" else found.concern)
        return show(request, found, failed=act, form=form)
    try:
        doing.operation(found, by=request.user, at=timezone.now())
    except Refused as refusal:
        return show(request, found, refusal=refusal.message)
    return redirect(found)


@require_safe
def clean_text(request: SignedInRequest, reference: str) -> HttpResponse:
    """Plain text for the officer who types it into another system; taking it away is logged as an export."""
    found = open_share(request, reference)
    recorded(Kind.EXPORTED, found, by=request.user, at=timezone.now(), within=found.concern.filed_within)
    shown = {"share": found, "by": request.user, "at": timezone.now()}
    return TemplateResponse(request, "concerns/share.txt", shown, content_type="text/plain; charset=utf-8")


@require_safe
def sent_to_me(request: SignedInRequest) -> HttpResponse:
    """Everything sent to this person to read here, the latest first."""
    shares = (
        Share.objects.visible_to(request.user)
        .sent_to(request.user)
        .select_related("concern__circle__core_member")
        .order_by("-sent_at")
    )
    return TemplateResponse(request, "concerns/shares_sent_to_me.html", {"shares": shares})
