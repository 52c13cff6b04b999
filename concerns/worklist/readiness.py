"""For managers: promises that do not hold now, because somebody or something is lacking."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from concerns.readiness.access import ReadinessAccess
from concerns.readiness.facts import ServiceFacts
from concerns.readiness.needs import BEFORE_CONCERN, BEFORE_MEETING, broken_promises, states_of_needs
from core.counts import counted
from core.worklist import WorkItem


def work_of(user: User, at: datetime) -> list[WorkItem]:
    """One line for each lack that turns the status red, with the page that closes it; in a new service the set-up page."""
    if not ReadinessAccess(user).read_needs:
        return []
    facts = ServiceFacts(at)
    return [
        *_set_up_items_of(facts),
        *(
            WorkItem(title=f"{lack.words[:1].upper()}{lack.words[1:]}", url=lack.url, must_act=True)
            for lack in broken_promises(facts)
        ),
    ]


def _set_up_items_of(facts: ServiceFacts) -> list[WorkItem]:
    """Until the first circle runs: how much is still to set up."""
    if facts.has_a_running_circle:
        return []
    still_open = sum(state.is_open for state in states_of_needs((*BEFORE_MEETING, *BEFORE_CONCERN), facts))
    detail = f"{counted(still_open, 'thing is', 'things are')} still to do before a circle meets and a concern travels"
    return [WorkItem("Set the service up", reverse("set_up"), must_act=True, detail=detail)] if still_open else []
