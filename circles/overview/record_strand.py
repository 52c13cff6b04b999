"""His circles in the timeline of a core member's record: only those that the reader may see."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from core.timeline import LineWords, Strand, TimelineLine, lines_of
from offenders.overview.timeline import RecordReader


def _circle_lines(reader: RecordReader) -> list[QuerySet[Any, Any]]:
    """When each circle was opened, and each move of it to another stage."""
    circles = Circle.objects.visible_to(reader.user).filter(core_member=reader.core_member)
    moves = CircleEvent.objects.filter(kind=CircleEvent.Kind.MOVED, circle__in=circles.values("pk"))
    return [
        lines_of(circles, at="opened_at", step="", who="opened_by__first_name", opens="reference"),
        lines_of(moves, at="at", step=F("to_status"), who="by__first_name", opens="circle__reference"),
    ]


def _say_circle(line: TimelineLine, reader: RecordReader) -> LineWords:
    url = reverse("circles:circle", args=[line.opens])
    if not line.step:
        return LineWords(f"Circle {line.opens} was opened for him", "", url)
    return LineWords(f"Circle {line.opens}: {Circle.Status(line.step).label.lower()}", "", url)


CIRCLES: Strand[RecordReader] = Strand("circle", "His circles", _circle_lines, _say_circle)
