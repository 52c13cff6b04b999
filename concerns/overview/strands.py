"""What a circle's page shows of its concerns, as far as the reader may see them: timeline lines and figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Now
from django.urls import reverse

from accounts.models import User
from circles.meeting.models import Meeting
from circles.overview.figures import Fact, Figure
from circles.overview.timeline import TimelineReader
from concerns.choices import Feedback, Kind, Level, Outcome
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.queue.reach import grants_with_people_of
from concerns.rota.models import OnCallShift
from core.timeline import LineWords, Strand, TimelineLine, lines_of

HANDLED = "answered"
TOLD = "told"
FINISHED = "finished"


def _concern_lines_of(reader: TimelineReader) -> Sequence[QuerySet[Any, Any]]:
    """Lines for raised, answered and finished. A volunteer sees what they were told instead of the outcome."""
    seen = Concern.objects.visible_to(reader.user).filter(circle=reader.circle)
    raised = lines_of(
        seen, at="received_at", step=F("level"), words="kind", who="raised_by__first_name", opens="reference"
    )
    told = lines_of(
        seen.filter(raised_by=reader.user), at="feedback_at", step=TOLD, words="feedback", opens="reference"
    )
    if not reader.leads:
        return [raised, told]
    events = ConcernEvent.objects.filter(concern=OuterRef("pk"), to_status=Concern.Status.ANSWERED).order_by("-at")
    answered = seen.exclude(outcome="").annotate(answered_at=Subquery(events.values("at")[:1]))
    return [
        raised,
        lines_of(answered, at="answered_at", step=HANDLED, words="outcome", opens="reference"),
        lines_of(seen, at="closed_at", step=FINISHED, words="status", who="closed_by__first_name", opens="reference"),
    ]


def _line_words_of(line: TimelineLine, reader: TimelineReader) -> LineWords:
    url = reverse("concerns:concern", args=[line.opens])
    if line.step == HANDLED:
        return LineWords(f"What came of concern {line.opens}: {Outcome(line.words).label}", "", url)
    if line.step == TOLD:
        return LineWords(f"What you were told of concern {line.opens}", Feedback(line.words).label, url)
    if line.step == FINISHED:
        return LineWords(f"Concern {line.opens}: {Concern.Status(line.words).label.lower()}", "", url)
    level = Level(line.step)
    about = f": {Kind(line.words).label}" if line.words else ""
    return LineWords(
        f"Concern {line.opens} was raised{about} ({level.label})", "", url, marked=level.tells_agency_at_once
    )


CONCERNS = Strand("concern", "Concerns", _concern_lines_of, _line_words_of)


def _open_count_of(user: User, **only: str) -> QuerySet[Any, Any]:
    """The number of open concerns that this reader may see. A concern about the reader is not counted."""
    seen = Concern.objects.visible_to(user).filter(circle=OuterRef("pk"), **only).still_open()
    return seen.order_by().values("circle").annotate(count=Count("pk")).values("count")


def _open_figure_of(count: int | None, reader: TimelineReader) -> Figure:
    url = reverse("concerns:circle_concerns", args=[reader.circle.reference])
    label = "open concerns" if reader.leads else "your open concerns"
    return Figure(label, str(count) if count else "none", url, must_act=bool(count))


def open_counts_for(user: User) -> dict[str, Combinable]:
    """For a query of circles: the number of open concerns that this reader may see, by the words of each level."""
    return {level.label: Coalesce(Subquery(_open_count_of(user, level=level)), 0) for level in Level}


OPEN_CONCERNS = Fact(_open_count_of, _open_figure_of)


def _next_cover_of(user: User) -> QuerySet[Any, Any]:
    """Whether somebody is on call at the circle's next meeting (domain.md 7.3). No row where none is planned."""
    then = OnCallShift.objects.agreed().filter(
        starts_at__lte=OuterRef("planned_at"), ends_at__gt=OuterRef("planned_at")
    )
    coming = Meeting.objects.filter(circle=OuterRef("pk"), status=Meeting.Status.PLANNED, planned_at__gte=Now())
    return coming.order_by("planned_at").annotate(covered=Exists(then)).values("covered")[:1]


def _cover_figure_of(covered: bool | None, reader: TimelineReader) -> Figure:
    """The figure about cover. In a gap the number that is always answered shows; somebody must still fill it."""
    url = reverse("concerns:rota") if reader.leads else ""
    if covered is None:
        return Figure("on call at the next meeting", "no meeting planned")
    if covered:
        return Figure("on call at the next meeting", "covered", url)
    return Figure(
        "on call at the next meeting", "nobody", url, note="the standing number answers", must_act=reader.leads
    )


COVER = Fact(_next_cover_of, _cover_figure_of)


def _queue_area_of(user: User) -> QuerySet[Any, Any]:
    """The area whose queue gets this circle's concerns. No row where nobody works a queue there."""
    return grants_with_people_of(OuterRef("core_member__area")).values("content_object__area__name")[:1]


def _queue_figure_of(area: str | None, reader: TimelineReader) -> Figure | None:
    """The figure about the queue, for those who lead: without a queue the service tells no agency."""
    if not reader.leads:
        return None
    if area:
        return Figure("agencies hear through", f"{area} queue")
    return Figure("agencies hear through", "no queue", note="telephone them yourself", must_act=True)


QUEUE = Fact(_queue_area_of, _queue_figure_of)
