"""Working a concern, and telling the volunteer what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock
from concerns.concern.models import Concern


@transaction.atomic
def note_seen(concern: Concern, *, by: User, at: datetime) -> None:
    """The first time somebody who can act opens it. Seeing is not taking it on: no clock stops."""
    if concern.seen_at is not None or not ConcernAccess(by, concern).coordinates:
        return
    concern, at = lock(concern, at=at)
    if concern.seen_at is None:
        concern.seen_at, concern.seen_by = at, by
        concern.save(update_fields=["seen_at", "seen_by"])
        concern.note("Seen by the coordinator", by=by, at=at, changes=False)
