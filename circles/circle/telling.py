"""Who is told of what happens in a circle; and the alert that something in its calendar has changed."""

from __future__ import annotations

from datetime import datetime

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.leave.cover import stand_ins_for
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from circles.circle.models import Circle, Membership


def coordinators_now(circle: Circle, *, at: datetime) -> list[User]:
    """The circle's coordinator and, while they are on leave, the deputy who stands in for them."""
    deputies = stand_ins_for(circle.coordinator_id, about=None, at=at)
    return [circle.coordinator, *people_with_role(Role.COORDINATOR).filter(pk__in=deputies).order_by("pk")]


def tell_members(circle: Circle, *, key: str, link: str, by: User, at: datetime) -> None:
    """Tell the volunteers who belong and the coordinator, but not the person who made the change."""
    members = Membership.objects.current().of(circle)
    people = {member.volunteer.user for member in members} | set(coordinators_now(circle, at=at))
    queue_alert(
        key=key,
        to=sorted(people - {by}, key=lambda person: person.pk),
        urgency=Urgency.ROUTINE,
        wording=Wording.CALENDAR_CHANGED,
        link=link,
        at=at,
    )
    nudge()
