"""One's own account: how one signs in, and where one is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from accounts.factors import factors_of
from accounts.models import AccountEvent
from accounts.requests import SignedInRequest
from accounts.sessions import end_session as end_one
from accounts.sessions import note_activity, public_name_of, sessions_of
from accounts.views.submitted import allow_repeats
from core.errors import NotSeen

LATELY = 20
"""How many of the latest changes the page shows."""


def me(request: SignedInRequest) -> HttpResponse:
    """My second factors and my sessions."""
    here = request.session.session_key
    sessions = [
        {
            "name": public_name_of(session),
            "here": session.session_key == here,
            "began": session.created_at,
            "with": session.user_agent,
        }
        for session in sessions_of(request.user)
    ]
    events = (
        AccountEvent.objects.visible_to(request.user)
        .filter(person=request.user)
        .select_related("by")
        .order_by("-at", "-pk")[:LATELY]
    )
    shown = {"factors": factors_of(request.user), "sessions": sessions, "events": events}
    return TemplateResponse(request, "accounts/me.html", shown)


@require_POST
def end_session(request: SignedInRequest, session: str) -> HttpResponse:
    """End one of my sessions: a telephone that was lost, a computer that is not mine."""
    if not end_one(request.user, session):
        raise NotSeen("session", session)
    messages.success(request, "That session has ended.")
    return redirect("accounts:me")


@allow_repeats("it only says that somebody is there")
@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    """Say that one is still here: the idle time starts again. The session's greatest length does not change."""
    note_activity(request, at_once=True)
    return HttpResponse(status=204)
