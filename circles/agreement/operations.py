"""Publish the agreement, sign it, and record the briefing by police and probation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.agreement.models import Agreement, Briefing, Signature
from circles.circle.access import CircleAccess, RegisterAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from core.errors import Refused
from core.worktime import LONDON


@transaction.atomic
def publish_agreement(*, words: str, by: User, at: datetime) -> Agreement:
    """Publish a new version, in force from today. Every circle signs it before it starts or meets again."""
    RegisterAccess(by).require(RegisterAccess.publish_agreement)
    if not words.strip():
        raise Refused("Write the agreement.", field="words")
    latest = Agreement.objects.aggregate(newest=Max("version"))["newest"] or 0
    agreement = Agreement.objects.create(
        version=latest + 1, words=words.strip(), published_on=at.astimezone(LONDON).date(), published_by=by
    )
    write_entry(Act.COLLECTED, agreement, by=by, at=at)
    return agreement


@transaction.atomic
def sign_agreement(circle: Circle, *, version: int | None = None, by: User, at: datetime) -> Signature:
    """Sign the version in force, as a volunteer or as the coordinator.

    `version` is the one that the page showed, so that nobody signs words they have not read.
    """
    circle = _lock_unless_over(circle)
    CircleAccess(by, circle).require(CircleAccess.sign)
    in_force = Agreement.objects.in_force(at.astimezone(LONDON).date())
    if version is not None and in_force is not None and version != in_force.version:
        raise Refused("There is a newer text since you opened this page. Read it below, then sign it.")
    as_ = Signature.As.COORDINATOR if circle.coordinator_id == by.pk else Signature.As.VOLUNTEER
    return _write_signature(circle, as_, by, signed_on=at.astimezone(LONDON).date(), by=by, at=at)


@transaction.atomic
def record_his_signature(circle: Circle, *, signed_on: date, by: User, at: datetime) -> Signature:
    """Record the day on which the core member signed on paper."""
    circle = _lock_unless_over(circle)
    CircleAccess(by, circle).require(CircleAccess.prepare)
    if signed_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once he has signed.", field="signed_on")
    return _write_signature(circle, Signature.As.CORE_MEMBER, None, signed_on=signed_on, by=by, at=at)


def _write_signature(
    circle: Circle, as_: Signature.As, person: User | None, *, signed_on: date, by: User, at: datetime
) -> Signature:
    """Store a signature under the version in force. `person` is None for the core member. Raises Refused."""
    agreement = Agreement.objects.in_force(at.astimezone(LONDON).date())
    if agreement is None:
        raise Refused("There is no agreement to sign. Ask a manager to publish one.")
    if circle.signatures.filter(agreement=agreement, signed_as=as_, person=person).exists():
        raise Refused("This version is signed already.")
    signature = Signature.objects.create(
        circle=circle,
        agreement=agreement,
        signed_as=as_,
        person=person,
        signed_on=signed_on,
        recorded_at=at,
        recorded_by=by,
    )
    who = circle.known_as if person is None else person.first_name
    CircleEvent.objects.create(circle=circle, at=at, by=by, what=f"{who} signed the agreement")
    write_entry(
        Act.ALTERED, circle, by=by, at=at, within=circle.reference, note=f"agreement {agreement.version} signed"
    )
    return signature


@transaction.atomic
def record_briefing(circle: Circle, *, held_on: date, attendees: str, topics: str, by: User, at: datetime) -> Briefing:
    """Record that police and probation briefed the volunteers, who was there and what was covered."""
    circle = _lock_unless_over(circle)
    CircleAccess(by, circle).require(CircleAccess.prepare)
    if held_on > at.astimezone(LONDON).date():
        raise Refused("That day has not come yet. Write it down once it is held.", field="held_on")
    for field, words in (("attendees", attendees), ("topics", topics)):
        if not words.strip():
            raise Refused("Write a line here.", field=field)
    briefing = Briefing.objects.create(
        circle=circle,
        held_on=held_on,
        attendees=attendees.strip(),
        topics=topics.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    CircleEvent.objects.create(circle=circle, at=at, by=by, what="The volunteers were briefed")
    write_entry(Act.ALTERED, circle, by=by, at=at, within=circle.reference, note="briefing")
    return briefing


def _lock_unless_over(circle: Circle) -> Circle:
    """Lock the circle. Raises Refused if it is over."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    if circle.is_over:
        raise Refused("This circle has ended, so nothing more is signed or recorded here.")
    return circle
