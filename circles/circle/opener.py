"""Opens a circle: visible or not found, and its sight is noted here."""

from __future__ import annotations

from django.db.models.expressions import Combinable

from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.circle.models import Circle
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story


def open_circle(request: SignedInRequest, reference: str, **told: Combinable) -> Circle:
    """The circle of this reference, with what a page wants told of it. Raises NotSeen when it is not theirs to see."""
    circles = Circle.objects.visible_to(request.user).select_related(
        "core_member__area", "coordinator", "programme", "venue", "sharing_override"
    )
    circle = only_row_of(circles.annotate(story_mark=story_mark(Circle.audit_kind), **told).filter(reference=reference))
    if circle is None:
        raise NotSeen(Circle.audit_kind, reference)
    note_sight(circle, within=circle.reference)
    note_story(circle)
    return circle
