"""Add a programme, and change one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import RegisterAccess
from circles.programme.models import Programme
from core.errors import Refused
from core.names import is_same_name
from core.references import unused_reference


@transaction.atomic
def add_programme(
    *,
    name: str,
    months: int,
    cadence: str,
    least_volunteers: int,
    most_volunteers: int,
    review_weeks: int,
    by: User,
    at: datetime,
) -> Programme:
    """Add a programme. From now on a circle may be proposed in it."""
    RegisterAccess(by).require(RegisterAccess.keep_programmes)
    _refuse_contradictions(least_volunteers, most_volunteers)
    _refuse_same_name(name, Programme.objects.all())
    programme = Programme.objects.create(
        reference=unused_reference(Programme, "P"),
        name=name.strip(),
        months=months,
        cadence=cadence,
        least_volunteers=least_volunteers,
        most_volunteers=most_volunteers,
        review_weeks=review_weeks,
    )
    write_entry(Act.COLLECTED, programme, by=by, at=at)
    return programme


@transaction.atomic
def change_programme(
    programme: Programme,
    *,
    name: str,
    months: int,
    cadence: str,
    least_volunteers: int,
    most_volunteers: int,
    review_weeks: int,
    by: User,
    at: datetime,
) -> Programme:
    """Change a programme for circles from now on. Circles that meet keep their planned end."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    RegisterAccess(by).require(RegisterAccess.keep_programmes)
    _refuse_contradictions(least_volunteers, most_volunteers)
    _refuse_same_name(name, Programme.objects.exclude(pk=programme.pk))
    programme.name, programme.months, programme.cadence = name.strip(), months, cadence
    programme.least_volunteers, programme.most_volunteers = least_volunteers, most_volunteers
    programme.review_weeks = review_weeks
    programme.save()
    write_entry(Act.ALTERED, programme, by=by, at=at)
    return programme


def _refuse_contradictions(least_volunteers: int, most_volunteers: int) -> None:
    if most_volunteers < least_volunteers:
        raise Refused("“Most volunteers” cannot be less than “Fewest volunteers”.", field="most_volunteers")


def _refuse_same_name(name: str, others: QuerySet[Programme]) -> None:
    if any(is_same_name(other.name, name) for other in others):
        raise Refused("There is a programme of this name already.", field="name")
