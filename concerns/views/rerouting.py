"""Pages that put a concern on hold, move it to another queue, or join it to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from concerns.access import ConcernAccess
from concerns.forms.rerouting import HoldForm, JoinForm, MoveForm
from concerns.models import Concern
from concerns.operations import hold_concern, merge_concern, move_concern, release_hold
from concerns.views.opening import find_concern
from core.errors import Refused
from core.forms import refusals_on


def change(
    request: SignedInRequest, reference: str, act: str, kind: Callable[..., forms.Form], do: Callable[..., Any]
) -> HttpResponse:
    """Open, may, form, do, show: the same for the three."""
    concern = find_concern(request, reference)
    ConcernAccess(request.user, concern).require(act)
    form = kind(request.POST or None, concern=concern)
    if form.is_valid():
        with refusals_on(form):
            do(concern, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("concerns:all" if act == "merge" else concern)
    return TemplateResponse(request, "concerns/reroute.html", {"form": form, "concern": concern, "act": act})


def hold(request: SignedInRequest, reference: str) -> HttpResponse:
    """Stop the clock until a time."""
    return change(request, reference, "hold", HoldForm, hold_concern)


@require_POST
def release(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let the clock run on."""
    concern = find_concern(request, reference)
    ConcernAccess(request.user, concern).require("hold")
    try:
        release_hold(concern, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(concern)


def move(request: SignedInRequest, reference: str) -> HttpResponse:
    """To another area's queue."""
    return change(request, reference, "move", MoveForm, move_concern)


def join(request: SignedInRequest, reference: str) -> HttpResponse:
    """Into another concern about the same circle, one this person sees too."""

    def into_other(concern: Concern, *, into: str, **more: Any) -> None:
        other = Concern.objects.visible_to(request.user).filter(reference=into.strip().upper()).first()
        if other is None:
            raise Refused("There is no such concern for you to see. Check the reference.", "into")
        merge_concern(concern, into=other, **more)

    return change(request, reference, "merge", JoinForm, into_other)
