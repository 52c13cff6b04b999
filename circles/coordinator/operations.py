"""Give a circle to another coordinator, with all that is open in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.operations.standing import call_listeners
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.coordinator.access import possible_coordinators
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.wall_models import refuse_walled_off


@transaction.atomic
def change_coordinator(circle: Circle, *, coordinator: User, by: User, at: datetime) -> Circle:
    """Give a circle to another coordinator, from now. What is open in it goes with it."""
    coordinator = User.objects.select_for_update().get(pk=coordinator.pk)
    circle = Circle.objects.select_for_update(of=("self",)).select_related("coordinator").get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.change_coordinator)
    if circle.is_over:
        raise Refused("This circle is over. Nobody takes it over now.")
    if not possible_coordinators(circle).filter(pk=coordinator.pk).exists():
        raise Refused(
            "Choose somebody who is a coordinator, can sign in, does not coordinate this circle already and is not one "
            "of its volunteers. A manager can give the role on their page under People.",
            field="coordinator",
        )
    return write_coordinator(circle, coordinator, by=by, at=at, why="given by a manager")


def write_coordinator(circle: Circle, coordinator: User, *, by: User, at: datetime, why: str) -> Circle:
    """Give a circle, whose row is locked, to its next coordinator, and its core member too. Tell both and the volunteers."""
    refuse_walled_off(coordinator, circle.core_member_id, "coordinator")
    before = circle.coordinator
    circle.coordinator = coordinator
    circle.save(update_fields=["coordinator"])
    what = f"{coordinator.first_name} coordinates now, after {before.first_name}"
    CircleEvent.objects.create(circle=circle, at=at, by=by, what=what)
    for act, whose in ((Act.REVOKED, before), (Act.GRANTED, coordinator)):
        write_entry(
            act, circle, by=by, at=at, within=circle.reference, recipient=whose.reference, note=f"coordinator: {why}"
        )
    _give_core_member(circle.core_member_id, before, coordinator, by=by, at=at)
    call_listeners("ON_NEW_COORDINATOR", circle, before, by=by, at=at)
    _tell_of_new_coordinator(circle, before, by=by, at=at)
    return circle


def _give_core_member(key: int, before: User, coordinator: User, *, by: User, at: datetime) -> None:
    """Give the circle's core member to its next coordinator, if the one before kept his record."""
    core_member = CoreMember.objects.select_for_update(of=("self",)).get(pk=key)
    if core_member.coordinator_id != before.pk:
        return
    core_member.coordinator = coordinator
    core_member.save(update_fields=["coordinator"])
    write_entry(Act.GRANTED, core_member, by=by, at=at, recipient=coordinator.reference, note="with his circle")


def _tell_of_new_coordinator(circle: Circle, before: User, *, by: User, at: datetime) -> None:
    """Tell the next coordinator, the one before and the volunteers, in neutral words. Whoever did it knows."""
    key = f"{circle.reference}:coordinator:{at.timestamp():.0f}"
    page = circle.get_absolute_url()
    members = Membership.objects.current().of(circle)
    news = [(f"{key}:next", [circle.coordinator], Wording.SOMETHING_NEEDS_YOU, page)]
    if before.is_active:
        news.append((f"{key}:before", [before], Wording.THERE_IS_NEWS, reverse("circles:circles")))
    if not circle.is_over:
        news.append((key, [member.volunteer.user for member in members], Wording.THERE_IS_NEWS, page))
    for named, people, wording, link in news:
        told = [person for person in people if person != by]
        queue_alert(
            key=named, to=told, urgency=Urgency.ROUTINE, wording=wording, about=circle.core_member_id, link=link, at=at
        )
    nudge()
