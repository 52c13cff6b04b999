"""Keeps a core member's wall from leaving his area's queue with nobody who hears of a concern about him."""

from __future__ import annotations

from alerts.message.models import Urgency
from alerts.receipt.operations import reachable_people
from concerns.queue.models import Queue
from concerns.queue.reach import reaches_somebody
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import let_through


def refuse_deaf_queue(core_member: CoreMember) -> None:
    """Refuse a wall that keeps out everybody in the queue whom a message reaches (settings.ON_WALL).

    A queue that reaches nobody anyway is a fault that the service reports by itself.
    """
    queue = Queue.objects.filter(area=core_member.area_id).first()
    if queue is None or not reaches_somebody(queue):
        return
    if not reachable_people(queue.workers().filter(let_through(core_member.pk)), Urgency.IMMEDIATE):
        raise Refused(
            f"Nobody who works the {queue.name} would hear of a concern about him. Put one of its people on his "
            "allow-list first.",
            field="person",
        )
