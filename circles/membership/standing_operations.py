"""A volunteer leaves, or is back from a pause or after leaving: their file and their memberships change together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from circles.circle.access import CircleAccess
from circles.circle.models import Membership
from circles.membership.operations import write_end_of_membership
from core.errors import Refused
from volunteers.volunteer.access import VolunteerAccess
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import bring_back_volunteer, tell_of_standing, write_leaving


@transaction.atomic
def record_leaver(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """Record that somebody volunteers no more. Every membership of theirs ends; what they agreed to do stays open.

    Only somebody who may change the members of every circle they belong to can say so.
    """
    VolunteerAccess(by, volunteer).require(VolunteerAccess.leave)
    belonging = Membership.objects.select_for_update(of=("self",)).filter(volunteer=volunteer, left_at=None)
    memberships = list(belonging.select_related("circle__coordinator", "volunteer__user").order_by("pk"))
    for membership in memberships:
        _require_their_circle(membership, by)
    volunteer = write_leaving(volunteer, by=by, at=at)
    if belonging.count() != len(memberships):
        raise Refused("Somebody placed them in a circle just now. Open the page again and look.")
    tell_of_standing(volunteer, by=by, at=at)
    for membership in memberships:
        write_end_of_membership(membership, by=by, at=at)
    return volunteer


def _require_their_circle(membership: Membership, by: User) -> None:
    circle = membership.circle
    if not CircleAccess(by, circle).allows(CircleAccess.change_members):
        raise Refused(
            f"{membership.volunteer.user.full_name} belongs to a circle that {circle.coordinator.full_name} coordinates. "
            f"Ask {circle.coordinator.first_name}, or a manager, to say that they have left."
        )


@transaction.atomic
def record_return(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """They are back. Whoever still belongs to a circle is in it again; anybody else waits for one."""
    belongs = Membership.objects.filter(volunteer=volunteer, left_at=None).exists()
    return bring_back_volunteer(volunteer, belongs=belongs, by=by, at=at)
