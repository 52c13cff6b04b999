"""What can be done to a volunteer's file."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import Role
from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from core.errors import Refused
from core.references import unused_reference
from volunteers.access import VolunteerAccess
from volunteers.models import Volunteer


def lock(volunteer: Volunteer) -> Volunteer:
    return Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)


@transaction.atomic
def approve_volunteer(user: User, *, by: User, at: datetime) -> Volunteer:
    """Open the file of somebody who has passed every check and may be placed."""
    VolunteerAccess(by).require("approve_volunteer")
    if not user.has_role(Role.VOLUNTEER):
        raise Refused(f"{user.full_name} is not invited as a volunteer. Invite them as one first.", field="user")
    if Volunteer.objects.filter(user=user).exists():
        raise Refused(f"{user.full_name} is a volunteer already.", field="user")
    volunteer = Volunteer.objects.create(
        reference=unused_reference(Volunteer, "V"), user=user, approved_at=at, approved_by=by
    )
    recorded(Act.COLLECTED, volunteer, by=by, at=at)
    return volunteer


@transaction.atomic
def place_volunteer(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """They have joined a circle; a second circle changes nothing."""
    volunteer = lock(volunteer)
    VolunteerAccess(by, volunteer).require("place")
    if volunteer.status != Volunteer.Status.ACTIVE:
        volunteer.move(Volunteer.Status.ACTIVE, by=by, at=at)
        recorded(Act.ALTERED, volunteer, by=by, at=at, note="in a circle")
    return volunteer


@transaction.atomic
def unplace_volunteer(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """They belong to no circle now, and wait for the next."""
    volunteer = lock(volunteer)
    VolunteerAccess(by, volunteer).require("place")
    if volunteer.status == Volunteer.Status.ACTIVE:
        volunteer.move(Volunteer.Status.WAITING, by=by, at=at)
        recorded(Act.ALTERED, volunteer, by=by, at=at, note="waiting for a circle")
    return volunteer


@transaction.atomic
def pause_volunteer(volunteer: Volunteer, *, by: User, at: datetime) -> Volunteer:
    """Not to be placed for now; where they belong they stay."""
    volunteer = lock(volunteer)
    VolunteerAccess(by, volunteer).require("pause")
    volunteer.move(Volunteer.Status.PAUSED, by=by, at=at)
    recorded(Act.ALTERED, volunteer, by=by, at=at, note="paused")
    return volunteer
