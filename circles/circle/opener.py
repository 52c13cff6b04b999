"""Open a circle for a page: find it among the visible ones, and note that it was seen."""

from __future__ import annotations

from django.db.models.expressions import Combinable

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story


def open_circle(request: SignedInRequest, reference: str, **annotations: Combinable) -> Circle:
    """The circle with this reference, with the annotations the page needs. Raises NotSeen if this person may not see it."""
    circles = Circle.objects.visible_to(request.user).select_related(
        "core_member__area", "coordinator", "programme", "venue", "sharing_override"
    )
    circle = only_row_of(
        circles.annotate(story_mark=story_mark(Circle.audit_kind), **annotations).filter(reference=reference)
    )
    if circle is None:
        raise NotSeen(Circle.audit_kind, reference)
    note_sight(circle, within=circle.reference, why=CircleAccess(request.user, circle).reason_of_sight)
    note_story(circle)
    return circle
