"""Add a volunteer to a circle, and end a membership."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.rota.turns import mend_rota
from core.errors import Refused
from core.worktime import LONDON
from offenders.core_member.wall_models import refuse_walled_off
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import mark_as_waiting, place_volunteer


@transaction.atomic
def add_volunteer(circle: Circle, *, volunteer: Volunteer, by: User, at: datetime) -> Membership:
    """Place an assignable volunteer in a circle, from now."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.change_members)
    if circle.is_over or circle.status == Circle.Status.ENDING:
        raise Refused("This circle has ended, or is about to. Nobody joins it now.")
    refuse_walled_off(volunteer.user, circle.core_member_id, "volunteer")
    lacking = volunteer.reasons_not_to_place_on(at.astimezone(LONDON).date())
    if lacking:
        raise Refused(f"{volunteer.user.full_name} cannot be placed now: {'; '.join(lacking)}.", field="volunteer")
    if Membership.objects.current().filter(circle=circle, volunteer=volunteer).exists():
        raise Refused(f"{volunteer.user.full_name} belongs to this circle already.", field="volunteer")
    place_volunteer(volunteer, by=by, at=at)
    membership = Membership.objects.create(circle=circle, volunteer=volunteer, joined_at=at, joined_by=by)
    mend_rota(circle, at=at)
    CircleEvent.objects.create(
        circle=circle, at=at, by=by, kind=CircleEvent.Kind.JOINED, what=f"{volunteer.user.first_name} joined"
    )
    write_entry(Act.GRANTED, circle, by=by, at=at, within=circle.reference, recipient=volunteer.reference)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User, at: datetime) -> Membership:
    """End a volunteer's membership. They stop seeing the circle at once, because access is derived."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    CircleAccess(by, membership.circle).require(CircleAccess.change_members)
    if membership.left_at is not None:
        raise Refused(f"{membership.volunteer.user.full_name} has left this circle already.")
    return write_end_of_membership(membership, by=by, at=at)


def write_end_of_membership(membership: Membership, *, by: User, at: datetime) -> Membership:
    """End a membership whose row is locked, and plan the circle's turns without them."""
    circle, volunteer = membership.circle, membership.volunteer
    membership.left_at, membership.left_by = at, by
    membership.save(update_fields=["left_at", "left_by"])
    if not Membership.objects.filter(volunteer=volunteer, left_at=None).exists():
        mark_as_waiting(volunteer, by=by, at=at)
    mend_rota(circle, at=at)
    CircleEvent.objects.create(
        circle=circle, at=at, by=by, kind=CircleEvent.Kind.LEFT, what=f"{volunteer.user.first_name} left"
    )
    write_entry(Act.REVOKED, circle, by=by, at=at, within=circle.reference, recipient=volunteer.reference)
    return membership
