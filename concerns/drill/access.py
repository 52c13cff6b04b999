"""Who may do what to what every concern runs on: the rota, rehearsals, ladders, routing rules."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from concerns.drill.models import Drill
from concerns.leads import LEADS
from concerns.queue.models import Queue
from core.access import Access, act


class DrillAccess(Access):
    """Acts on the rehearsals of the queues, which hold no case."""

    by: User
    record: Drill | None

    @act("list the rehearsals")
    def list_drills(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS)

    @act("start a rehearsal")
    def start_drill(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("answer this rehearsal, which was for others")
    def answer_drill(self) -> bool:
        return self.record is not None and self.record.answers.filter(person=self.by).exists()


def queues_to_rehearse(user: User) -> QuerySet[Queue]:
    """Which queues there are, for those who see to it that they are rehearsed; not what is in them."""
    return Queue.objects.all() if DrillAccess(user).list_drills else Queue.objects.none()
