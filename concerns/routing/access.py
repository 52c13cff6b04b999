"""Who may do what to what every concern runs on: the rota, rehearsals, ladders, routing rules."""

from __future__ import annotations

from functools import cached_property

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from concerns.leads import LEADS
from concerns.queue.models import Queue
from core.access import Access, act

SIMULATES = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.COORDINATOR, Role.MAPPA_COORDINATOR)


class SimulatingAccess(Access):
    """Trying out who would be told: for those who answer for the ladders and the queues."""

    by: User

    @act("try out who would be told")
    def simulate(self) -> bool:
        return any(self.by.has_role(role) for role in SIMULATES)


def queues_to_try(user: User) -> QuerySet[Queue]:
    """Queues a person may try a concern in: the charity's people any, the agencies' those they work."""
    if not any(user.has_role(role) for role in (*LEADS, Role.COORDINATOR)):
        return Queue.objects.visible_to(user)
    return Queue.objects.all() if user.is_active else Queue.objects.none()


class RoutingAccess(Access):
    """The rules of who is told what: those who answer for safeguarding write them, two at a time."""

    by: User

    @cached_property
    def answers_for_them(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.SAFEGUARDING_LEAD)

    @act("read the routing rules")
    def read_routing(self) -> bool:
        return any(self.by.has_role(role) for role in (*SIMULATES, Role.DIRECTOR))

    @act("propose other routing rules")
    def propose_routing(self) -> bool:
        return self.answers_for_them

    @act("approve routing rules")
    def approve_routing(self) -> bool:
        return self.answers_for_them
