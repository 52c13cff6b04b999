"""What ends in the circles when somebody's account ends: memberships, coordinating, the private calendar."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.access import successor_of
from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import recorded
from circles.calendar.models import Feed
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.membership.operations import let_member_go


def end_ties(person: User, *, by: User, at: datetime) -> None:
    """Called by accounts, in the transaction that ends the account (settings.ON_LEAVING)."""
    open_ones = Membership.objects.select_for_update(of=("self",)).filter(volunteer__user=person, left_at=None)
    for membership in open_ones.select_related("circle", "volunteer__user"):
        let_member_go(membership, by=by, at=at)
    for feed in Feed.objects.select_for_update(of=("self",)).filter(user=person, revoked_at=None):
        feed.revoked_at, feed.revoked_by = at, by
        feed.save(update_fields=["revoked_at", "revoked_by"])
        recorded(Act.REVOKED, feed, by=by, at=at, note="account ended")
    hand_over_circles(person, by=by, at=at)


def hand_over_circles(person: User, *, by: User, at: datetime) -> None:
    """Every circle they coordinated goes to the manager who takes over, and who is told so."""
    successor = successor_of(person, by=by)
    if successor is None:
        return
    for circle in Circle.objects.select_for_update(of=("self",)).filter(coordinator=person):
        circle.coordinator = successor
        circle.save(update_fields=["coordinator"])
        CircleEvent.objects.create(circle=circle, at=at, by=by, what=f"{successor.first_name} coordinates now")
        recorded(
            Act.GRANTED,
            circle,
            by=by,
            at=at,
            within=circle.reference,
            recipient=successor.reference,
            note="coordinator left",
        )
        queue_alert(
            key=f"coordinates:{circle.pk}:{at:%Y%m%d%H%M%S}",
            to=[successor],
            urgency=Urgency.ROUTINE,
            wording=Wording.SOMETHING_NEEDS_YOU,
            link=reverse("circles:circle", args=[circle.reference]),
            at=at,
        )
