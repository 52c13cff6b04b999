"""Opens a meeting place, and records in the trail that it was looked at."""

from __future__ import annotations

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.venue.models import Venue
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story


def open_venue(request: SignedInRequest, reference: str) -> Venue:
    """The meeting place of this reference. Raises NotSeen if this person may not see it."""
    venues = Venue.objects.visible_to(request.user).select_related("coordinator")
    venue = only_row_of(venues.annotate(story_mark=story_mark(Venue.audit_kind)).filter(reference=reference))
    if venue is None:
        raise NotSeen(Venue.audit_kind, reference)
    note_sight(venue)
    note_story(venue)
    return venue
