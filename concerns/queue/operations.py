"""Make queues, and grant them to teams."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.access import Role
from accounts.models import Area, User
from audit.models import Act
from audit.trail import write_entry
from concerns.queue.models import Queue
from core.references import unused_reference

GRANTERS = (Role.MANAGER, Role.TECHNICIAN)


def _require_granter(by: User) -> None:
    """Managers and technicians set up queues. This does not let them see what is in one."""
    if not (by.is_active and any(by.has_role(role) for role in GRANTERS)):
        raise PermissionDenied("You may not set up queues. Ask a manager.")


@transaction.atomic
def make_queue(area: Area, *, team_manager: User | None = None, by: User, at: datetime) -> Queue:
    """Make the queue of a MAPPA area; each area has one."""
    _require_granter(by)
    queue = Queue.objects.create(reference=unused_reference(Queue, "Q"), area=area, team_manager=team_manager)
    write_entry(Act.COLLECTED, queue, by=by, at=at)
    return queue


@transaction.atomic
def grant_queue(queue: Queue, *, team: Group, by: User, at: datetime) -> None:
    """Let a team work this queue: the whole team, and nobody outside it."""
    queue = Queue.objects.select_for_update(of=("self",)).get(pk=queue.pk)
    _require_granter(by)
    queue.grant_to(team)
    write_entry(Act.GRANTED, queue, by=by, at=at, recipient=team.name)


@transaction.atomic
def revoke_queue(queue: Queue, *, team: Group, by: User, at: datetime) -> None:
    """Take the queue from a team, from the next request on."""
    queue = Queue.objects.select_for_update(of=("self",)).get(pk=queue.pk)
    _require_granter(by)
    queue.revoke_from(team)
    write_entry(Act.REVOKED, queue, by=by, at=at, recipient=team.name)
