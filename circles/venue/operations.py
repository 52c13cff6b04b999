"""Add, change and assess meeting places, and choose where a circle meets."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess, RegisterAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.venue.access import VenueAccess
from circles.venue.models import Venue, VenueChoice
from circles.venue.warnings import warnings_of
from core.errors import Refused
from core.references import unused_reference
from core.worktime import LONDON
from offenders.restriction.models import DISTRICT


@transaction.atomic
def add_venue(
    *,
    place_code: str,
    address: str,
    district: str,
    by: User,
    at: datetime,
    contact: str = "",
    children_on_site: bool = False,
    internet_on_site: bool = False,
    lone_worker_plan: str = "",
) -> Venue:
    """Add a place. Whoever adds it keeps it, and is reminded before its risk assessment runs out."""
    RegisterAccess(by).require(RegisterAccess.add_venue)
    code = place_code.strip().upper()
    if Venue.objects.filter(place_code=code).exists():
        raise Refused("There is a place of this code already. Choose another code.", field="place_code")
    venue = Venue.objects.create(
        reference=unused_reference(Venue, "PL"),
        place_code=code,
        address=address.strip(),
        district=_district_of(district),
        contact=contact.strip(),
        children_on_site=children_on_site,
        internet_on_site=internet_on_site,
        lone_worker_plan=lone_worker_plan.strip(),
        coordinator=by,
        added_at=at,
        added_by=by,
    )
    write_entry(Act.COLLECTED, venue, by=by, at=at)
    return venue


def _district_of(text: str) -> str:
    district = text.strip().upper()
    if not DISTRICT.fullmatch(district):
        raise Refused("Give the first part of the postcode alone, such as CB7.", field="district")
    return district


@transaction.atomic
def change_venue(
    venue: Venue,
    *,
    address: str,
    district: str,
    contact: str,
    children_on_site: bool,
    internet_on_site: bool,
    lone_worker_plan: str,
    by: User,
    at: datetime,
) -> Venue:
    """Change a place, but not its code, which people know. Others with circles there are told to look."""
    venue = _lock_venue(venue, by=by)
    venue.address, venue.district, venue.contact = address.strip(), _district_of(district), contact.strip()
    venue.children_on_site, venue.internet_on_site = children_on_site, internet_on_site
    venue.lone_worker_plan = lone_worker_plan.strip()
    venue.save(
        update_fields=["address", "district", "contact", "children_on_site", "internet_on_site", "lone_worker_plan"]
    )
    write_entry(Act.ALTERED, venue, by=by, at=at)
    _tell_others(venue, by=by, at=at)
    return venue


def _tell_others(venue: Venue, *, by: User, at: datetime) -> None:
    """Alert whoever keeps the place, and the coordinators of circles that meet there, but not `by`."""
    meet_there = Circle.objects.filter(venue=venue).exclude(status__in=Circle.OVER).values("coordinator")
    others = User.objects.filter(Q(pk=venue.coordinator_id) | Q(pk__in=meet_there), is_active=True).exclude(pk=by.pk)
    queue_alert(
        key=f"{venue.reference}:changed:{at.timestamp():.0f}",
        to=list(others.order_by("pk")),
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link=venue.get_absolute_url(),
        at=at,
    )
    nudge()


@transaction.atomic
def assess_venue(venue: Venue, *, assessed_on: date, assessed_until: date, by: User, at: datetime) -> Venue:
    """Record a risk assessment, and the last day it holds."""
    venue = _lock_venue(venue, by=by)
    if assessed_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once the assessment is made.", field="assessed_on")
    if assessed_until <= assessed_on:
        raise Refused("The last day it holds must come after the day it was made.", field="assessed_until")
    venue.assessed_on, venue.assessed_until = assessed_on, assessed_until
    venue.save(update_fields=["assessed_on", "assessed_until"])
    write_entry(Act.ALTERED, venue, by=by, at=at, note="risk assessment")
    _tell_others(venue, by=by, at=at)
    return venue


@transaction.atomic
def withdraw_assessment(venue: Venue, *, reason: str, by: User, at: datetime) -> Venue:
    """Withdraw the risk assessment. Whoever coordinates a circle there gets its coming meetings on their list."""
    venue = _lock_venue(venue, by=by)
    if venue.assessed_on is None:
        raise Refused("There is no risk assessment to withdraw.")
    if not reason.strip():
        raise Refused("Say why it holds no longer, such as what has changed there.", field="reason")
    venue.assessed_on = venue.assessed_until = None
    venue.save(update_fields=["assessed_on", "assessed_until"])
    write_entry(Act.ALTERED, venue, by=by, at=at, note=f"risk assessment withdrawn: {reason.strip()}")
    _tell_others(venue, by=by, at=at)
    return venue


def _lock_venue(venue: Venue, *, by: User) -> Venue:
    venue = Venue.objects.select_for_update(of=("self",)).get(pk=venue.pk)
    VenueAccess(by, venue).require(VenueAccess.change)
    return venue


@transaction.atomic
def choose_venue(circle: Circle, *, venue: Venue, by: User, at: datetime, answer: str = "") -> VenueChoice:
    """Choose where the circle meets. If a restriction speaks against the place, `answer` must say why it is right."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.prepare)
    VenueAccess(by, venue).require(VenueAccess.choose)
    if circle.is_over:
        raise Refused("This circle has ended, so it needs no place.")
    restrictions = [*circle.restrictions_in_force(at.astimezone(LONDON).date())]
    warnings = warnings_of(venue, restrictions)
    if warnings and not answer.strip():
        raise Refused(f"{' '.join(warnings)} Say why this place is still right, or choose another.", field="answer")
    choice = VenueChoice.objects.create(circle=circle, venue=venue, answer=answer.strip(), chosen_at=at, chosen_by=by)
    circle.meetings.filter(status=Meeting.Status.PLANNED, planned_at__gt=at, place_code=circle.place_code).update(
        place_code=venue.place_code
    )
    circle.venue, circle.place_code = venue, venue.place_code
    circle.save(update_fields=["venue", "place_code"])
    CircleEvent.objects.create(circle=circle, at=at, by=by, what=f"Meets at {venue.place_code}", note=choice.answer)
    write_entry(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="place chosen")
    return choice
