"""Who may use the simulator, and who may read, propose and approve routing rules."""

from __future__ import annotations

from functools import cached_property

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from concerns.leads import LEADS_CONCERNS
from concerns.queue.models import Queue
from core.access import Access, act

SIMULATES = (Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.COORDINATOR, Role.MAPPA_COORDINATOR)


class SimulatingAccess(Access):
    """The simulator, for those who answer for ladders and queues."""

    by: User

    @act("try out who would be told")
    def simulate(self) -> bool:
        return any(self.by.has_role(role) for role in SIMULATES)


def queues_to_try(user: User) -> QuerySet[Queue]:
    """The queues in which a person may try a concern: for the charity's people all, for others those they work."""
    if not any(user.has_role(role) for role in (*LEADS_CONCERNS, Role.COORDINATOR)):
        return Queue.objects.visible_to(user)
    return Queue.objects.all() if user.is_active else Queue.objects.none()


class RoutingAccess(Access):
    """The routing rules. Those who answer for safeguarding write them; each version needs two people."""

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
