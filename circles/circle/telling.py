"""Tell the people of a circle that something in their calendar has changed."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from circles.circle.models import Circle, Membership


def tell_members(circle: Circle, *, key: str, link: str, by: User, at: datetime) -> None:
    """Tell the volunteers who belong and the coordinator, but not the person who made the change."""
    members = Membership.objects.current().of(circle)
    people = {member.volunteer.user for member in members} | {circle.coordinator}
    queue_alert(
        key=key,
        to=sorted(people - {by}, key=lambda person: person.pk),
        urgency=Urgency.ROUTINE,
        wording=Wording.CALENDAR_CHANGED,
        link=link,
        at=at,
    )
    nudge()
