"""Loads a concern on hold, a saved view of a queue, and routing rules that wait for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import User
from circles.circle.models import Circle
from concerns.concern.models import Concern
from concerns.handling.hold_operations import hold_concern
from concerns.handling.operations import pass_to_queue
from concerns.handling.promise_operations import acknowledge_concern
from concerns.lists.operations import save_view
from concerns.queue.models import Queue
from concerns.routing.models import Route
from concerns.routing.operations import add_rule, approve_routing, draft_routing, propose_routing

HOUR = timedelta(hours=1)


def load_queue_work(circles: Mapping[str, Circle], people: Mapping[str, User], *, at: datetime) -> None:
    """Hold Roy's concern for probation, save a view for Femi Okafor, and ask Fay Osborne to approve a rule."""
    femi, hana, fay = people["Femi Okafor"], people["Hana Reid"], people["Fay Osborne"]
    circle = circles["C-0121"]
    concern = Concern.objects.filter(circle=circle, queued_at=None).order_by("-received_at").first()
    if concern is not None:
        pass_to_queue(concern, by=circle.coordinator, at=at - 2 * HOUR)
        officer = Queue.objects.get(area=circle.core_member.area).workers().order_by("pk")[0]
        acknowledge_concern(concern, until=at + 2 * HOUR, plan="Ask his officer.", by=officer, at=at - HOUR)
        hold_concern(concern, waiting_for="probation", until=at + 20 * HOUR, by=officer, at=at - HOUR / 2)
    queue = Queue.objects.get(area=circles["C-0142"].core_member.area)
    save_view(queue, name="Nobody has it, soonest first", asked="whose=unclaimed&order=due", by=femi, at=at)
    second = draft_routing(by=hana, at=at)
    add_rule(second, position=1, kind="child_contact", route=Route.AT_ONCE, by=hana, at=at)
    propose_routing(second, why="Anything about children goes to the agencies at once.", by=hana, at=at)
    approve_routing(second, by=fay, at=at)
    third = draft_routing(by=hana, at=at)
    add_rule(third, position=2, kind="self_harm", route=Route.AT_ONCE, by=hana, at=at)
    propose_routing(third, why="So that nobody waits with a worry for his life.", by=hana, at=at)
