"""Opens a concern for a page, and notes in the trail who looked."""

from __future__ import annotations

from functools import partial

from accounts.requests import SignedInRequest
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.concern.old_pages import with_story_mark
from concerns.engine.outlook import with_clocks
from concerns.handling.facts import full_concern
from concerns.handling.seen_operations import note_seen
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight


def open_concern(request: SignedInRequest, reference: str) -> Concern:
    """The concern of this reference. Raises NotSeen when it is not this person's to see.

    Whether it may be seen is asked first, in a small query of its own; the large one is only for those who may.
    """
    seen = only_row_of(
        Concern.objects.visible_to(request.user).filter(reference=reference).values_list("pk", flat=True)
    )
    if seen is None:
        raise NotSeen(Concern.audit_kind, reference)
    concern: Concern = with_story_mark(with_clocks(full_concern(seen))).get()
    why = ConcernAccess(request.user, concern).reason_of_sight
    note_sight(concern, within=concern.filed_within, then=partial(note_seen, concern), why=why)
    return concern
