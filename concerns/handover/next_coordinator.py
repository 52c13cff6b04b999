"""What happens to handovers that wait for a circle's coordinator when the circle gets another one."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.models import Circle
from concerns.concern.locking import lock_concern
from concerns.engine.responders import charity_responders
from concerns.handover.models import Handover


def pass_handovers_on(circle: Circle, before: User, *, by: User, at: datetime) -> None:
    """Give the handovers that wait for the coordinator of before to the circle's next one, unless it is about them.

    What the coordinator of before promised ends by itself: the engine looks every minute who may still hold what
    (concerns/engine/assignments.py). Called through settings.ON_NEW_COORDINATOR, in the act's transaction.
    """
    waiting = Handover.objects.waiting().filter(concern__circle=circle, owner=before).select_related("concern")
    for handover in waiting.order_by("concern"):
        concern, moment = lock_concern(handover.concern, at=at)
        if not charity_responders(concern).filter(pk=circle.coordinator_id).exists():
            continue
        handover.owner = circle.coordinator
        handover.save(update_fields=["owner"])
        detail = f"To {circle.coordinator.full_name}, who coordinates the circle now."
        concern.note("Handed over", by=by, at=moment, detail=detail)
        write_entry(
            Act.ALTERED, concern, by=by, at=moment, within=concern.filed_within, note="handed to the next coordinator"
        )
