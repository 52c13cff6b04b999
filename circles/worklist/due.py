"""Work with a due day: overdue actions, measures to ask, and checks after a circle's end."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.functions import Least
from django.urls import reverse

from circles.action.models import Action
from circles.circle.models import Circle
from circles.measure.models import START_WITHIN, LifeFacts, Point, due_days_of
from circles.outcome.models import CHECK_MONTHS, AdverseOutcome, end_day_of, months_between
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines, end_of_day
from core.worklist import WorkItem

ASKED_BEFORE = timedelta(days=14)
"""Measures are on the coordinator's list from this long before they are due."""

CHECK_WITHIN = timedelta(days=28)
"""A check after the end is asked and recorded within this time; then the managers see that it is late."""

A_DAY = timedelta(days=1)
LEAST_MONTH = timedelta(days=28)


def _action_rows(reader: WorkReader) -> Rows:
    """Overdue actions: a volunteer's own, and all those of the circles looked after."""
    theirs = Q(volunteer__user=reader.user, circle__in=reader.joined) | Q(circle__in=reader.looked_after)
    return as_lines(
        Action.objects.visible_to(reader.user).overdue(reader.today).filter(theirs),
        due=ExpressionWrapper(F("due_on") + A_DAY, output_field=DateTimeField()),
        words="words",
        due_on="due_on",
        agreed_by=F("owner"),
        volunteer="volunteer__user__first_name",
        volunteer_key="volunteer__user",
        known_as="circle__known_as",
        coordinator="circle__coordinator__first_name",
        coordinator_key="circle__coordinator",
    )


def _say_action(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Overdue: {line.facts['words']}{_owner_in_words(line.facts, reader)}",
        url=reverse("circles:actions", args=[line.circle]),
        due_at=end_of_day(line.day("due_on")),
        due_on=line.day("due_on"),
        detail=f"Circle {line.circle}",
    )


def _owner_in_words(facts: dict[str, Any], reader: WorkReader) -> str:
    """Who agreed to it; nothing if that is the reader."""
    if facts["volunteer"]:
        return "" if facts["volunteer_key"] == reader.user.pk else f" ({facts['volunteer']} agreed to)"
    if facts["agreed_by"] == Action.Owner.CORE_MEMBER:
        return f" ({facts['known_as']} agreed to)"
    return "" if facts["coordinator_key"] == reader.user.pk else f" ({facts['coordinator']} agreed to)"


DUE_OF_POINT: dict[Point, Any] = {
    Point.START: Least(F("started_on") + START_WITHIN, F("planned_end_on"), output_field=DateTimeField()),
    Point.MIDDLE: F("started_on")
    + ExpressionWrapper((F("planned_end_on") - F("started_on")) / 2, output_field=DurationField()),
    Point.END: F("planned_end_on"),
}
"""What `due_days_of` answers, for the database."""


def _measure_rows(point: Point, reader: WorkReader) -> Rows:
    """Circles looked after whose measures of this point are due soon and not recorded."""
    recorded = LifeFacts.objects.filter(circle=OuterRef("pk"), point=point)
    circles = Circle.objects.visible_to(reader.user).filter(~Exists(recorded), pk__in=reader.looked_after)
    if point != Point.END:
        circles = circles.exclude(status=Circle.Status.CLOSED)
    due = ExpressionWrapper(DUE_OF_POINT[point] + Value(A_DAY), output_field=DateTimeField())
    return as_lines(
        circles.annotate(measured_by=due).filter(measured_by__lte=reader.at + ASKED_BEFORE + A_DAY),
        due="measured_by",
        circle="self",
        started_on="started_on",
        planned_end_on="planned_end_on",
    )


def _say_measure(point: Point, line: WorkLine, reader: WorkReader) -> WorkItem | None:
    circle = Circle(started_on=line.day("started_on"), planned_end_on=line.day("planned_end_on"))
    day = due_days_of(circle)[point]
    if reader.at < end_of_day(day) - ASKED_BEFORE:
        return None
    return WorkItem(
        title=f"Ask the {point.label.lower()} measures",
        url=reverse("circles:record_measures", args=[line.circle, point.value]),
        due_at=end_of_day(day),
        due_on=day,
        detail=f"Circle {line.circle}",
    )


def _check_rows(months: int, reader: WorkReader) -> Rows:
    """Circles looked after that ended so many months ago, without this check (domain.md 1.4)."""
    checks = AdverseOutcome.objects.not_corrected().filter(circle=OuterRef("pk"), check_months=months)
    ended = Circle.objects.visible_to(reader.user).filter(closed_at__lte=reader.at - months * LEAST_MONTH)
    after = Func(Value(0), Value(months), function="make_interval", output_field=DurationField())
    return as_lines(
        ended.filter(~Exists(checks), pk__in=reader.looked_after),
        due=ExpressionWrapper(F("closed_at") + after + Value(CHECK_WITHIN), output_field=DateTimeField()),
        circle="self",
        closed_at="closed_at",
    )


def _say_check(months: int, line: WorkLine, reader: WorkReader) -> WorkItem | None:
    day = end_day_of(Circle(closed_at=line.moment("closed_at")))
    if day is None or months_between(day, reader.today) < months:
        return None
    return WorkItem(
        title=f"Ask what became of him: {months} months after the end",
        url=reverse("circles:record_outcome", args=[line.circle]) + f"?check={months}",
        due_at=line.due,
        must_act=line.due is not None and line.due < reader.at,
        detail=f"Circle {line.circle}",
    )


DUE_KINDS = (
    WorkKind("action", "Overdue actions", _action_rows, _say_action),
    *(
        WorkKind(
            f"measures_{point.value}", "Measures to ask", partial(_measure_rows, point), partial(_say_measure, point)
        )
        for point in Point
    ),
    *(
        WorkKind(
            f"check_{months}",
            "Checks after the end",
            partial(_check_rows, months),
            partial(_say_check, months),
        )
        for months in CHECK_MONTHS
    ),
)
