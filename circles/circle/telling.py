"""Who is told of what happens in a circle, and the alerts that its calendar or its core member's record has changed."""

from __future__ import annotations

from datetime import datetime

from accounts.access import Role, people_with_role
from accounts.models import User
from alerts.leave.cover import stand_ins_for
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from circles.circle.models import Circle, Membership
from offenders.core_member.models import CoreMember


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
        about=circle.core_member_id,
        link=link,
        at=at,
    )
    nudge()


def tell_circle_of(core_member: CoreMember, *, key: str, told: set[int], members_too: bool, at: datetime) -> None:
    """Tell his circle’s coordinator, with the deputy on leave, and its volunteers where they must know; nobody twice.

    Called by offenders through settings.ON_CORE_MEMBER_CHANGE.
    """
    circles = Circle.objects.filter(core_member=core_member).exclude(status__in=Circle.OVER)
    for circle in circles.select_related("coordinator"):
        members = Membership.objects.current().of(circle) if members_too else []
        people = {*coordinators_now(circle, at=at), *(member.volunteer.user for member in members)}
        queue_alert(
            key=f"{key}:{circle.reference}",
            to=sorted(
                (person for person in people if person.pk not in told and person.is_active),
                key=lambda person: person.pk,
            ),
            urgency=Urgency.ROUTINE,
            wording=Wording.THERE_IS_NEWS,
            about=core_member.pk,
            link=circle.get_absolute_url(),
            at=at,
        )
