"""When an account ends: end the person's memberships and private calendar, and hand over their circles."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.access import successor_of
from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.calendar.models import Feed
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.membership.operations import write_end_of_membership


def end_ties(person: User, *, by: User, at: datetime) -> None:
    """End what ties this person to circles. Called in the transaction that ends the account (settings.ON_LEAVING)."""
    memberships = Membership.objects.select_for_update(of=("self",)).filter(volunteer__user=person, left_at=None)
    for membership in memberships.select_related("circle", "volunteer__user"):
        write_end_of_membership(membership, by=by, at=at)
    for feed in Feed.objects.select_for_update(of=("self",)).filter(user=person, revoked_at=None):
        feed.revoked_at, feed.revoked_by = at, by
        feed.save(update_fields=["revoked_at", "revoked_by"])
        write_entry(Act.REVOKED, feed, by=by, at=at, note="account ended")
    _hand_over_circles(person, by=by, at=at)


def _hand_over_circles(person: User, *, by: User, at: datetime) -> None:
    """Give every circle they coordinated to the manager who takes over, and tell that manager."""
    successor = successor_of(person, by=by)
    if successor is None:
        return
    for circle in Circle.objects.select_for_update(of=("self",)).filter(coordinator=person):
        circle.coordinator = successor
        circle.save(update_fields=["coordinator"])
        CircleEvent.objects.create(circle=circle, at=at, by=by, what=f"{successor.first_name} coordinates now")
        write_entry(
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
