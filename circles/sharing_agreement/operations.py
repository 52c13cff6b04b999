"""Add agreements on sharing with agencies, and let a circle meet without one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Area, User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.access import CircleAccess, RegisterAccess
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle
from circles.sharing_agreement.models import SharingAgreement, SharingOverride
from core.errors import Refused
from core.references import unused_reference


@transaction.atomic
def add_sharing_agreement(
    *, area: Area, parties: str, version: str, signed_on: date, review_on: date, by: User, at: datetime
) -> SharingAgreement:
    """Record that an area's agencies and the charity have signed, and until when it holds."""
    RegisterAccess(by).require(RegisterAccess.keep_sharing)
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
    write_entry(Act.COLLECTED, agreement, by=by, at=at)
    return agreement


@transaction.atomic
def set_sharing_aside(circle: Circle, *, reason: str, by: User, at: datetime) -> SharingOverride:
    """Let one circle meet without an agreement in force for its area. Only a manager may, with a reason."""
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    CircleAccess(by, circle).require(CircleAccess.set_sharing_aside)
    if not reason.strip():
        raise Refused("Say why this circle may meet without one.", field="reason")
    if SharingOverride.objects.filter(circle=circle).exists():
        raise Refused("A manager has allowed this already.")
    override = SharingOverride.objects.create(circle=circle, reason=reason.strip(), given_at=at, given_by=by)
    CircleEvent.objects.create(
        circle=circle, at=at, by=by, what="May meet without a sharing agreement", note=override.reason
    )
    write_entry(Act.GRANTED, circle, by=by, at=at, within=circle.reference, note="sharing agreement set aside")
    return override
