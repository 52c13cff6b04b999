"""Who may list, start and answer rehearsals of the queues."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from concerns.drill.models import Drill
from concerns.leads import LEADS_CONCERNS
from concerns.queue.models import Queue
from core.access import Access, act


class DrillAccess(Access):
    """Acts on the rehearsals. A rehearsal holds no case."""

    by: User
    record: Drill | None

    @act("list the rehearsals")
    def list_drills(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS_CONCERNS)

    @act("start a rehearsal")
    def start_drill(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("answer this rehearsal, which was for others")
    def answer_drill(self) -> bool:
        return self.record is not None and self.record.answers.filter(person=self.by).exists()


def queues_to_rehearse(user: User) -> QuerySet[Queue]:
    """All queues, for those who may list the rehearsals. It does not show what is in them."""
    return Queue.objects.all() if DrillAccess(user).list_drills else Queue.objects.none()
