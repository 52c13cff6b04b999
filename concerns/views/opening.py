"""Opens a concern or a queue: visible or not found, and the reading is logged here, once."""

from __future__ import annotations

from django.utils import timezone

from accounts.requests import SignedInRequest
from audit.trail import consulted
from concerns.models import Concern, Queue
from concerns.models.company import in_full
from concerns.operations import note_seen
from concerns.views.outlook import with_clocks
from core.errors import NotSeen


def find_concern(request: SignedInRequest, reference: str) -> Concern:
    """The concern of this reference, its reading not logged. Raises NotSeen.

    Whether it may be seen is asked first and alone, so that what is beside it is fetched for nobody in vain.
    """
    seen = Concern.objects.visible_to(request.user).filter(reference=reference).values_list("pk", flat=True).first()
    if seen is None:
        raise NotSeen(Concern.audit_kind, reference)
    return with_clocks(in_full(seen)).get()


def open_concern(request: SignedInRequest, reference: str) -> Concern:
    """The concern of this reference. Raises NotSeen when it is not this person's to see."""
    concern = find_concern(request, reference)
    now = timezone.now()
    consulted(concern, by=request.user, at=now, within=concern.filed_within)
    note_seen(concern, by=request.user, at=now)
    return concern


def open_queue(request: SignedInRequest, reference: str) -> Queue:
    """The queue of this reference, if this person works it. Raises NotSeen."""
    queue = Queue.objects.visible_to(request.user).select_related("area").filter(reference=reference).first()
    if queue is None:
        raise NotSeen(Queue.audit_kind, reference)
    consulted(queue, by=request.user, at=timezone.now())
    return queue
