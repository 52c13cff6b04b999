"""Taking over a circle that meets already, what it calls him, and who belongs to it."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import recorded
from circles.access import CircleAccess, OpeningAccess
from circles.models import Circle, CircleEvent, Membership, Programme
from circles.operations.rota import mend_rota
from circles.operations.schedule import plan_meetings
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from offenders.models import CoreMember
from offenders.operations import enter_circle
from volunteers.models import Volunteer
from volunteers.operations import place_volunteer, wait_again


@transaction.atomic
def open_circle(
    core_member: CoreMember,
    *,
    known_as: str,
    coordinator: User,
    weekday: int,
    meets_at: time,
    place_code: str,
    started_on: date,
    planned_end_on: date,
    by: User,
    at: datetime,
    reference: str = "",
    programme: Programme | None = None,
) -> Circle:
    """Take over a circle that meets weekly already, and plan its next meetings.

    For whoever brings in a running circle, from paper or another provider, and for nobody else: it passes
    the guards by (a new circle is proposed, see `operations.life`). What is still to do is shown on its page,
    and it does not come back from a pause until that is closed. `known_as` is a first name and nothing
    more. `reference` is made unless one is given; `programme` is the usual one unless one is.
    """
    OpeningAccess(by, core_member).require("open_circle")
    if planned_end_on <= started_on:
        raise Refused("The planned end must come after the start.", field="planned_end_on")
    if has_a_circle(core_member):
        raise Refused("This core member has a circle already. Close that one first.")
    core_member = enter_circle(core_member, by=by, at=at)
    circle = Circle.objects.create(
        reference=reference or unused_reference(Circle, "C", 4),
        programme=programme or Programme.objects.usual(),
        status=Circle.Status.WEEKLY,
        core_member=core_member,
        known_as=first_name(known_as),
        coordinator=coordinator,
        weekday=weekday,
        meets_at=meets_at,
        place_code=place_code.upper(),
        started_on=started_on,
        planned_end_on=planned_end_on,
        opened_at=at,
        opened_by=by,
    )
    CircleEvent.objects.create(circle=circle, at=at, by=by, what="Circle taken over, meeting already")
    recorded(Act.COLLECTED, circle, by=by, at=at, within=circle.reference)
    plan_meetings(circle, at=at)
    return circle


def has_a_circle(core_member: CoreMember) -> bool:
    """One at a time; one that is over does not count."""
    return Circle.objects.filter(core_member=core_member).exclude(status__in=Circle.OVER).exists()


def first_name(known_as: str) -> str:
    """One word: a surname typed here would be seen by the whole circle."""
    words = known_as.split()
    if len(words) != 1:
        raise Refused("Give one first name and nothing more.", field="known_as")
    return words[0]


@transaction.atomic
def set_known_as(circle: Circle, *, known_as: str, by: User, at: datetime) -> Circle:
    """Change what this circle calls the core member."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require("change_members")
    circle.known_as = first_name(known_as)
    circle.save(update_fields=["known_as"])
    recorded(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="first name changed")
    return circle


@transaction.atomic
def add_volunteer(circle: Circle, *, volunteer: Volunteer, by: User, at: datetime) -> Membership:
    """Place an assignable volunteer in a circle, from now."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require("change_members")
    if circle.is_over or circle.status == Circle.Status.ENDING:
        raise Refused("This circle has ended, or is about to. Nobody joins it now.")
    lacking = volunteer.lacks_on(at.astimezone(LONDON).date())
    if lacking:
        raise Refused(f"{volunteer.user.full_name} cannot be placed now: {'; '.join(lacking)}.", field="volunteer")
    if Membership.objects.current().filter(circle=circle, volunteer=volunteer).exists():
        raise Refused(f"{volunteer.user.full_name} belongs to this circle already.", field="volunteer")
    place_volunteer(volunteer, by=by, at=at)
    membership = Membership.objects.create(circle=circle, volunteer=volunteer, joined_at=at, joined_by=by)
    mend_rota(circle, at=at)
    CircleEvent.objects.create(circle=circle, at=at, by=by, what=f"{volunteer.user.first_name} joined")
    recorded(Act.GRANTED, circle, by=by, at=at, within=circle.reference, recipient=volunteer.reference)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User, at: datetime) -> Membership:
    """End a volunteer's time in a circle. Sight of it goes at once, because access is derived."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    CircleAccess(by, membership.circle).require("change_members")
    if membership.left_at is not None:
        raise Refused(f"{membership.volunteer.user.full_name} has left this circle already.")
    return let_member_go(membership, by=by, at=at)


def let_member_go(membership: Membership, *, by: User, at: datetime) -> Membership:
    """End a membership whose row is locked, and plan the circle's evenings without them."""
    circle, volunteer = membership.circle, membership.volunteer
    membership.left_at, membership.left_by = at, by
    membership.save(update_fields=["left_at", "left_by"])
    if not Membership.objects.filter(volunteer=volunteer, left_at=None).exists():
        wait_again(volunteer, by=by, at=at)
    mend_rota(circle, at=at)
    CircleEvent.objects.create(circle=circle, at=at, by=by, what=f"{volunteer.user.first_name} left")
    recorded(Act.REVOKED, circle, by=by, at=at, within=circle.reference, recipient=volunteer.reference)
    return membership
