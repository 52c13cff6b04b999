"""Change a programme."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import RegisterAccess
from circles.programme.models import Programme
from core.errors import Refused
from core.names import is_same_name


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
    if most_volunteers < least_volunteers:
        raise Refused("“Most volunteers” cannot be less than “Fewest volunteers”.", field="most_volunteers")
    if any(is_same_name(other.name, name) for other in Programme.objects.exclude(pk=programme.pk)):
        raise Refused("There is a programme of this name already.", field="name")
    programme.name, programme.months, programme.cadence = name.strip(), months, cadence
    programme.least_volunteers, programme.most_volunteers = least_volunteers, most_volunteers
    programme.review_weeks = review_weeks
    programme.save()
    write_entry(Act.ALTERED, programme, by=by, at=at)
    return programme
