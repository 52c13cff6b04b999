"""When an account ends: end the person's memberships and private calendar, and hand over their circles."""

from __future__ import annotations

from datetime import datetime

from accounts.access import successor_of
from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.calendar.models import Feed
from circles.circle.models import Circle, Membership
from circles.coordinator.operations import write_coordinator
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
    circles = Circle.objects.select_for_update(of=("self",)).select_related("coordinator").filter(coordinator=person)
    for circle in circles:
        write_coordinator(circle, successor, by=by, at=at, why="account ended")
