"""Opens a queue for a page."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from concerns.queue.models import Queue
from core.errors import NotSeen
from core.rows import only_row_of


def open_queue(request: SignedInRequest, reference: str) -> Queue:
    """The queue of this reference. Raises NotSeen if this person does not work it."""
    queue = only_row_of(Queue.objects.visible_to(request.user).select_related("area").filter(reference=reference))
    if queue is None:
        raise NotSeen(Queue.audit_kind, reference)
    return queue
