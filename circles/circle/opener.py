"""Open a circle for a page: find it among the visible ones, and note that it was seen."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.expressions import Combinable
from django.db.models.functions import Now, TruncDate

from accounts.models import User
from accounts.requests import SignedInRequest
from audit.old_pages import story_mark
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from core.errors import NotSeen
from core.rows import only_row_of
from core.sight import note_sight, note_story
from core.worktime import LONDON
from offenders.restriction.models import Restriction


def open_circle(request: SignedInRequest, reference: str, **annotations: Combinable) -> Circle:
    """The circle with this reference, with the annotations the page needs. Raises NotSeen if this person may not see it.

    Its `plain_words` are his restrictions in force today, for the bar at the top of the circle's pages.
    """
    circles = Circle.objects.visible_to(request.user).select_related(
        "core_member__area", "coordinator", "programme", "venue", "sharing_override"
    )
    circle = only_row_of(
        circles.annotate(
            story_mark=story_mark(Circle.audit_kind), plain_words=_plain_words_for(request.user), **annotations
        ).filter(reference=reference)
    )
    if circle is None:
        raise NotSeen(Circle.audit_kind, reference)
    note_sight(circle, within=circle.reference, why=CircleAccess(request.user, circle).reason_of_sight)
    note_story(circle)
    return circle


def _plain_words_for(user: User) -> ArraySubquery:
    """A column with his restrictions in force today, in plain words. All who see the circle must know them."""
    today = TruncDate(Now(), tzinfo=LONDON)
    shown: Any = Restriction.objects.in_force(today).shown_to(user).in_whole_words()
    his = shown.filter(core_member=OuterRef("core_member")).order_by("starts_on", "pk")
    return ArraySubquery(his.values("whole_words"))
