"""What happened lately in a circle, as a column of the query that opens it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.models import User
from circles.circle.event_models import CircleEvent
from circles.circle.joining import not_over_before_joining
from circles.circle.models import Circle

SHOWN = 8
COLUMNS = ("at", "kind", "from_status", "to_status", "what", "note")


def lately_for(user: User) -> ArraySubquery:
    """The last lines of the circle's story that this person reads."""
    story = CircleEvent.objects.filter(not_over_before_joining(user, "at"), circle=OuterRef("pk"))
    line = JSONObject(**{name: name for name in COLUMNS})
    return ArraySubquery(story.order_by("-at", "-pk").annotate(line=line).values("line")[:SHOWN])


def events_of(circle: Circle, lately: list[dict[str, str]]) -> list[CircleEvent]:
    """Those lines as events again. Do not save them."""
    return [CircleEvent(**{**line, "at": datetime.fromisoformat(line["at"]), "circle": circle}) for line in lately]
