"""When an account ends: end the person's volunteering and private calendar, and hand over their circles."""

from __future__ import annotations

from datetime import datetime

from accounts.access import Role, successor_of
from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.calendar.models import Feed
from circles.circle.models import Circle, Membership
from circles.coordinator.operations import write_coordinator
from circles.membership.operations import write_end_of_membership
from circles.venue.models import Venue
from offenders.core_member.leaving import successor_through_wall
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import write_leaving


def end_ties(person: User, *, by: User, at: datetime) -> None:
    """End what ties this person to circles. Called in the transaction that ends the account (settings.ON_LEAVING)."""
    _end_volunteering(person, by=by, at=at)
    for feed in Feed.objects.select_for_update(of=("self",)).filter(user=person, revoked_at=None):
        feed.revoked_at, feed.revoked_by = at, by
        feed.save(update_fields=["revoked_at", "revoked_by"])
        write_entry(Act.REVOKED, feed, by=by, at=at, note="account ended")
    _hand_over_circles(person, by=by, at=at, why="account ended")


def hand_over_with_role(person: User, role: Role, *, by: User, at: datetime) -> None:
    """Give the circles of somebody who is no longer a coordinator to a manager. Those that still meet were given before.
    The role of a volunteer is taken from nobody who belongs to a circle, unless a wall hides it from whoever takes it.

    Called by accounts, in the transaction that takes the role (settings.ON_ROLE_TAKEN).
    """
    if role is Role.COORDINATOR:
        _hand_over_circles(person, by=by, at=at, why="no longer a coordinator")
    if role is Role.VOLUNTEER:
        _end_volunteering(person, by=by, at=at)


def _end_volunteering(person: User, *, by: User, at: datetime) -> None:
    """Mark their file as left, if they have one that is not, and end what is left of their time in circles."""
    for volunteer in Volunteer.objects.filter(user=person).exclude(status=Volunteer.Status.LEFT):
        write_leaving(volunteer, by=by, at=at)
    memberships = Membership.objects.select_for_update(of=("self",)).filter(volunteer__user=person, left_at=None)
    for membership in memberships.select_related("circle", "volunteer__user"):
        write_end_of_membership(membership, by=by, at=at)


def _hand_over_circles(person: User, *, by: User, at: datetime, why: str) -> None:
    """Give every circle they coordinated, and every meeting place they kept, to the manager who takes over."""
    successor = successor_of(person, by=by)
    if successor is None:
        return
    circles = Circle.objects.select_for_update(of=("self",)).select_related("coordinator").filter(coordinator=person)
    for circle in circles:
        coordinator = successor_through_wall(person, circle.core_member_id, by=by) or successor
        write_coordinator(circle, coordinator, by=by, at=at, why=why)
    for venue in Venue.objects.select_for_update(of=("self",)).filter(coordinator=person):
        venue.coordinator = successor
        venue.save(update_fields=["coordinator"])
        write_entry(Act.GRANTED, venue, by=by, at=at, recipient=successor.reference, note=why)
