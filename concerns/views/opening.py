"""Opens a concern or a queue: visible or not found, and its sight is noted here."""

from __future__ import annotations

from functools import partial

from accounts.requests import SignedInRequest
from concerns.models import Concern, Queue
from concerns.models.company import in_full
from concerns.operations import note_seen
from concerns.views.outlook import with_clocks
from core.errors import NotSeen
from core.sight import note_sight


def open_concern(request: SignedInRequest, reference: str) -> Concern:
    """The concern of this reference. Raises NotSeen when it is not this person's to see.

    Whether it may be seen is asked first and alone, so that what is beside it is fetched for nobody in vain.
    """
    seen = Concern.objects.visible_to(request.user).filter(reference=reference).values_list("pk", flat=True).first()
    if seen is None:
        raise NotSeen(Concern.audit_kind, reference)
    concern = with_clocks(in_full(seen)).get()
    note_sight(concern, within=concern.filed_within, then=partial(note_seen, concern))
    return concern


def open_queue(request: SignedInRequest, reference: str) -> Queue:
    """The queue of this reference, if this person works it; its page notes what it lists. Raises NotSeen."""
    queue = Queue.objects.visible_to(request.user).select_related("area").filter(reference=reference).first()
    if queue is None:
        raise NotSeen(Queue.audit_kind, reference)
    return queue
