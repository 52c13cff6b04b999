"""What a circle's page says of its concerns: their lines in its life, and how many are open, as the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import User
from circles.meeting.models import Meeting
from circles.overview.figures import Fact, Figure
from circles.overview.timeline import LineWords, Strand, TimelineLine, TimelineReader, lines_of
from concerns.choices import Feedback, Kind, Level, Outcome
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.queue.models import Queue
from concerns.rota.models import OnCallShift

HANDLED = "answered"
TOLD = "told"
FINISHED = "finished"


def lines(reader: TimelineReader) -> Sequence[QuerySet[Any, Any]]:
    """Raised, answered and finished; a volunteer reads what was told to them in place of what was done."""
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


def say(line: TimelineLine, reader: TimelineReader) -> LineWords:
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


CONCERNS = Strand("concern", "Concerns", lines, say)


def count_open(user: User) -> QuerySet[Any, Any]:
    """How many are open of those this reader may see: one about them is not counted to them either."""
    seen = Concern.objects.visible_to(user).filter(circle=OuterRef("pk")).still_open()
    return seen.order_by().values("circle").annotate(count=Count("pk")).values("count")


def say_open(count: int | None, reader: TimelineReader) -> Figure:
    url = reverse("concerns:circle_concerns", args=[reader.circle.reference])
    label = "open concerns" if reader.leads else "your open concerns"
    return Figure(label, str(count) if count else "none", url, must_act=bool(count))


OPEN_CONCERNS = Fact(count_open, say_open)


def covered_next_time(user: User) -> QuerySet[Any, Any]:
    """Whether somebody is on call when the circle meets next (domain.md 7.3); no row before any meeting is planned."""
    then = OnCallShift.objects.standing().filter(
        starts_at__lte=OuterRef("planned_at"), ends_at__gt=OuterRef("planned_at")
    )
    coming = Meeting.objects.filter(circle=OuterRef("pk"), status=Meeting.Status.PLANNED, planned_at__gte=Now())
    return coming.order_by("planned_at").annotate(covered=Exists(then)).values("covered")[:1]


def say_covered(covered: bool | None, reader: TimelineReader) -> Figure:
    """A gap is no silence: the number that is always answered shows then. It is still somebody's to fill."""
    url = reverse("concerns:rota") if reader.leads else ""
    if covered is None:
        return Figure("on call at the next meeting", "no meeting planned")
    if covered:
        return Figure("on call at the next meeting", "covered", url)
    return Figure(
        "on call at the next meeting", "nobody", url, note="the standing number answers", must_act=reader.leads
    )


COVER = Fact(covered_next_time, say_covered)


def queue_of_area(user: User) -> QuerySet[Any, Any]:
    """The area whose queue hears of this circle's concerns; no row where its area has none."""
    return Queue.objects.filter(area=OuterRef("core_member__area")).values("area__name")[:1]


def say_queue(area: str | None, reader: TimelineReader) -> Figure | None:
    """Without a queue no agency hears of a concern through the service, and whoever leads must know."""
    if not reader.leads:
        return None
    if area:
        return Figure("agencies hear through", f"{area} queue")
    return Figure("agencies hear through", "no queue", note="telephone them yourself", must_act=True)


QUEUE = Fact(queue_of_area, say_queue)
