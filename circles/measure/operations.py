"""Record the measures at a circle's start, middle or end (domain.md 1.12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.measure.models import LifeFacts, Measure, Point, Questionnaire
from core.errors import Refused
from core.worktime import LONDON


@transaction.atomic
def record_measures(
    circle: Circle,
    *,
    point: Point,
    totals: Mapping[Questionnaire, int],
    facts: Mapping[str, str],
    taken_on: date,
    by: User,
    at: datetime,
) -> LifeFacts:
    """Store the totals and plain facts of one point. Recording again corrects them; the field log keeps both.

    A questionnaire that was not asked is left out of `totals`.
    """
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.record_measures)
    if not circle.started_on <= taken_on <= at.astimezone(LONDON).date():
        raise Refused("Give a day between the circle’s first day and today.", field="taken_on")
    for questionnaire, total in totals.items():
        _check_range(questionnaire, total)
        Measure.objects.update_or_create(
            circle=circle,
            questionnaire=questionnaire,
            point=point,
            defaults={"total": total, "taken_on": taken_on, "recorded_at": at, "recorded_by": by},
        )
    life_facts, _ = LifeFacts.objects.update_or_create(
        circle=circle, point=point, defaults={**facts, "recorded_at": at, "recorded_by": by}
    )
    write_entry(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note=f"measures, {point.value}")
    return life_facts


def _check_range(questionnaire: Questionnaire, total: int) -> None:
    if not questionnaire.lowest <= total <= questionnaire.highest:
        raise Refused(
            f"{questionnaire.name} gives a total from {questionnaire.lowest} to {questionnaire.highest}. Add it up again.",
            field=f"total-{questionnaire.code}",
        )
