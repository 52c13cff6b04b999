"""Who may set up queues, and which queues they find there."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import Role
from accounts.models import User
from concerns.queue.models import Queue
from core.access import Access, act


class QueueAccess(Access):
    """Setting up queues. It shows nothing of what is in one."""

    by: User

    @act("set up queues; a manager may")
    def set_up_queues(self) -> bool:
        return self.by.has_role(Role.MANAGER) or self.by.has_role(Role.TECHNICIAN)


def queues_to_set_up(user: User) -> QuerySet[Queue]:
    """All queues, for those who may set them up. It does not show what is in them."""
    return Queue.objects.all() if user.is_active and QueueAccess(user).set_up_queues else Queue.objects.none()
