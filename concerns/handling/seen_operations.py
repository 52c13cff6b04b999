"""Notes that the coordinator has seen a concern."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern


@transaction.atomic
def note_seen(concern: Concern, *, by: User, at: datetime) -> None:
    """Note the first time that the coordinator, or who stands in for them, opens it. No clock stops for that."""
    if concern.seen_at is not None or not ConcernAccess(by, concern).coordinates:
        return
    concern, at = lock_concern(concern, at=at)
    if concern.seen_at is None:
        concern.seen_at, concern.seen_by = at, by
        concern.save(update_fields=["seen_at", "seen_by"])
        concern.note("Seen by the coordinator", by=by, at=at, changes=False)
