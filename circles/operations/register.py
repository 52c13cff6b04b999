"""What the charity keeps for all its circles: programmes, and agreements to share information."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Area, User
from audit.models import Act
from audit.trail import recorded
from circles.access import CircleAccess, RegisterAccess
from circles.models import Circle, CircleEvent, Programme, SharingAgreement, SharingOverride
from core.errors import Refused
from core.names import is_same_name
from core.references import unused_reference


@transaction.atomic
def change_programme(
    programme: Programme,
    *,
    name: str,
    months: int,
    cadence: str,
    least_volunteers: int,
    most_volunteers: int,
    review_weeks: int,
    by: User,
    at: datetime,
) -> Programme:
    """Change what a kind of circle asks for, from now on; circles that meet keep their planned end."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    RegisterAccess(by).require("keep_programmes")
    if most_volunteers < least_volunteers:
        raise Refused("The most cannot be below the fewest.", field="most_volunteers")
    if any(is_same_name(other.name, name) for other in Programme.objects.exclude(pk=programme.pk)):
        raise Refused("There is a programme of this name already.", field="name")
    programme.name, programme.months, programme.cadence = name.strip(), months, cadence
    programme.least_volunteers, programme.most_volunteers = least_volunteers, most_volunteers
    programme.review_weeks = review_weeks
    programme.save()
    recorded(Act.ALTERED, programme, by=by, at=at)
    return programme


@transaction.atomic
def add_sharing_agreement(
    *, area: Area, parties: str, version: str, signed_on: date, review_on: date, by: User, at: datetime
) -> SharingAgreement:
    """Write down that an area's agencies and the charity have signed, and until when that holds."""
    RegisterAccess(by).require("keep_sharing")
    if review_on <= signed_on:
        raise Refused("The review must come after the signing.", field="review_on")
    agreement = SharingAgreement.objects.create(
        reference=unused_reference(SharingAgreement, "SA"),
        area=area,
        parties=parties.strip(),
        version=version.strip(),
        signed_on=signed_on,
        review_on=review_on,
        added_at=at,
        added_by=by,
    )
    recorded(Act.COLLECTED, agreement, by=by, at=at)
    return agreement


@transaction.atomic
def set_sharing_aside(circle: Circle, *, reason: str, by: User, at: datetime) -> SharingOverride:
    """A manager lets one circle meet though no agreement is in force for its area, and says why."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require("set_sharing_aside")
    if not reason.strip():
        raise Refused("Say why this circle may meet without one.", field="reason")
    if SharingOverride.objects.filter(circle=circle).exists():
        raise Refused("A manager has said so already.")
    override = SharingOverride.objects.create(circle=circle, reason=reason.strip(), given_at=at, given_by=by)
    CircleEvent.objects.create(
        circle=circle, at=at, by=by, what="May meet without a sharing agreement", note=override.reason
    )
    recorded(Act.GRANTED, circle, by=by, at=at, within=circle.reference, note="sharing agreement set aside")
    return override
