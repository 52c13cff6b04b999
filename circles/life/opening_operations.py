"""Taking over a circle that meets already."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import OpeningAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from circles.circle.operations import first_name_of, has_a_circle
from circles.programme.models import Programme
from circles.schedule.operations import plan_meetings
from core.errors import Refused
from core.references import unused_reference
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import enter_circle
from offenders.core_member.wall_models import refuse_walled_off


@transaction.atomic
def open_circle(
    core_member: CoreMember,
    *,
    known_as: str,
    coordinator: User,
    weekday: int,
    meets_at: time,
    place_code: str,
    started_on: date,
    planned_end_on: date,
    by: User,
    at: datetime,
    reference: str = "",
    programme: Programme | None = None,
) -> Circle:
    """Take over a circle that meets weekly already, and plan its next meetings.

    Only for a running circle that comes from paper or from another provider, because it skips the guards; a new
    circle is proposed (`circles.life.operations`). Its page shows what is still to do, and after a pause the circle
    does not meet until that is done. `known_as` is one first name. `reference` is made if it is not given;
    `programme` is the usual one if it is not given.
    """
    OpeningAccess(by, core_member).require(OpeningAccess.take_over)
    if planned_end_on <= started_on:
        raise Refused("The planned end must come after the start.", field="planned_end_on")
    _refuse_to_open_for(core_member, coordinator)
    core_member = enter_circle(core_member, by=by, at=at)
    circle = Circle.objects.create(
        reference=reference or unused_reference(Circle, "C", 4),
        programme=programme or Programme.objects.usual(),
        status=Circle.Status.WEEKLY,
        core_member=core_member,
        known_as=first_name_of(known_as),
        coordinator=coordinator,
        weekday=weekday,
        meets_at=meets_at,
        place_code=place_code.upper(),
        started_on=started_on,
        planned_end_on=planned_end_on,
        opened_at=at,
        opened_by=by,
    )
    CircleEvent.objects.create(circle=circle, at=at, by=by, what="Circle taken over, meeting already")
    write_entry(Act.COLLECTED, circle, by=by, at=at, within=circle.reference)
    plan_meetings(circle, at=at)
    return circle


def _refuse_to_open_for(core_member: CoreMember, coordinator: User) -> None:
    refuse_walled_off(coordinator, core_member.pk, "coordinator")
    if has_a_circle(core_member):
        raise Refused("This core member has a circle already. Close that one first.")
