"""The set-up page: what still stands open for the whole service, and who can close it where."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from concerns.readiness.access import ReadinessAccess
from concerns.readiness.facts import ServiceFacts
from concerns.readiness.needs import BEFORE_CONCERN, BEFORE_MEETING, states_of_needs


@require_safe
def set_up(request: SignedInRequest) -> HttpResponse:
    """What is still to do before the first circle may meet, and before the first concern can travel."""
    ReadinessAccess(request.user).require(ReadinessAccess.read_needs)
    facts = ServiceFacts(timezone.now(), reader=request.user)
    states, meeting = states_of_needs([*BEFORE_MEETING, *BEFORE_CONCERN], facts), len(BEFORE_MEETING)
    parts = [
        ("Before the first circle may meet", states[:meeting]),
        ("Before the first concern can travel", states[meeting:]),
    ]
    any_open = any(state.is_open for state in states)
    return TemplateResponse(request, "concerns/readiness/set_up.html", {"parts": parts, "any_open": any_open})
