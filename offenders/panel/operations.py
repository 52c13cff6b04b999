"""Sign an assessment off, assess the risk to volunteers, and give the referral to the panel."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.references import unused_reference
from offenders.core_member.wall_models import refuse_walled_off
from offenders.panel.access import SeatAccess
from offenders.panel.guards import TO_PANEL, require_guards
from offenders.panel.models import Seat, SignOff
from offenders.panel.risk_models import VolunteerRisk
from offenders.referral.access import ReferralAccess
from offenders.referral.models import Referral
from offenders.referral.operations import lock_referral, tell_coordinator, write_line

WITH_PANEL = (Referral.Status.PANEL, Referral.Status.DEFERRED)


def lock_to_assess(referral: Referral, *states: Referral.Status, by: User) -> Referral:
    """Lock a referral that is in one of these states."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if referral.status not in states:
        raise Refused("It stands otherwise now. Open the referral again to read how.")
    return referral


@transaction.atomic
def sign_off_assessment(referral: Referral, *, words: str, by: User, at: datetime) -> SignOff:
    """Stand for the assessment. Two different people do so before the panel has it."""
    referral = lock_to_assess(referral, Referral.Status.ASSESSING, Referral.Status.PANEL, by=by)
    if SignOff.objects.filter(referral=referral, signed_by=by).exists():
        raise Refused("You have signed it off already. Somebody else must do so too.")
    if not words.strip():
        raise Refused("Write what you found.", field="words")
    sign_off = SignOff.objects.create(referral=referral, words=words.strip(), signed_at=at, signed_by=by)
    write_line(referral, "Signed the assessment off", by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="assessment signed off")
    return sign_off


@transaction.atomic
def assess_volunteer_risk(
    referral: Referral, *, rating: str, words: str, by: User, at: datetime, measures: str = ""
) -> VolunteerRisk:
    """Say how great the risk to volunteers is. Two different people do so, each by themselves."""
    referral = lock_to_assess(referral, Referral.Status.ASSESSING, Referral.Status.PANEL, by=by)
    if VolunteerRisk.objects.filter(referral=referral, assessed_by=by).exists():
        raise Refused("You have assessed it already. Somebody else must do so too.")
    if not words.strip():
        raise Refused("Write what it rests on.", field="words")
    risk = VolunteerRisk.objects.create(
        referral=referral,
        rating=VolunteerRisk.Rating(rating),
        words=words.strip(),
        measures=measures.strip(),
        assessed_at=at,
        assessed_by=by,
    )
    write_line(referral, "Assessed the risk to volunteers", by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="risk to volunteers assessed")
    return risk


@transaction.atomic
def complete_assessment(referral: Referral, *, by: User, at: datetime) -> Referral:
    """The panel has it from now on. Whoever sits on it is told."""
    referral = lock_to_assess(referral, Referral.Status.ASSESSING, by=by)
    require_guards(referral, TO_PANEL)
    referral.move(Referral.Status.PANEL, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="with the panel")
    for seat in Seat.objects.filter(referral=referral, ended_at=None).select_related("person"):
        _tell_member(seat, at=at)
    return referral


@transaction.atomic
def seat_member(referral: Referral, *, person: User, by: User, at: datetime) -> Seat:
    """Ask somebody of the charity or an agency onto the panel. They see what the panel needs, and are told."""
    referral = lock_to_assess(referral, Referral.Status.ASSESSING, *WITH_PANEL, by=by)
    if not person.is_active:
        raise Refused("They can no longer sign in. Choose somebody else.", field="person")
    refuse_walled_off(person, referral.core_member_id, "person")
    if Seat.objects.filter(referral=referral, person=person, ended_at=None).exists():
        raise Refused("They sit on the panel already.", field="person")
    seat = Seat.objects.create(
        reference=unused_reference(Seat, "PS"), referral=referral, person=person, seated_at=at, seated_by=by
    )
    write_entry(Act.GRANTED, referral, by=by, at=at, recipient=person.reference, note="on the panel")
    if referral.status in WITH_PANEL:
        _tell_member(seat, at=at)
    return seat


def _tell_member(seat: Seat, *, at: datetime) -> None:
    queue_alert(
        key=f"{seat.reference}:view:{at.timestamp():.0f}",
        to=[seat.person] if seat.person.is_active else [],
        urgency=Urgency.ROUTINE,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=seat.referral.core_member_id,
        link=seat.get_absolute_url(),
        at=at,
    )
    nudge()


@transaction.atomic
def end_seat(seat: Seat, *, by: User, at: datetime) -> Seat:
    """Take somebody off the panel: they see nothing of the referral any more. A view they gave stays."""
    referral = lock_referral(seat.referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("person").get(pk=seat.pk)
    if seat.ended_at is not None:
        raise Refused("They are off the panel already.")
    seat.ended_at, seat.ended_by = at, by
    seat.save(update_fields=["ended_at", "ended_by"])
    write_entry(Act.REVOKED, referral, by=by, at=at, recipient=seat.person.reference, note="off the panel")
    return seat


@transaction.atomic
def give_view(seat: Seat, *, view: str, reasons: str, by: User, at: datetime, conditions: str = "") -> Seat:
    """A member of the panel says what they think, with reasons. They may say it anew until it is decided."""
    referral = lock_referral(seat.referral)
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    SeatAccess(by, seat).require(SeatAccess.give_view)
    if seat.ended_at is not None or referral.status not in WITH_PANEL:
        raise Refused("The panel does not have it any more.")
    if not reasons.strip():
        raise Refused("Write why.", field="reasons")
    if view == Seat.View.CONDITIONS and not conditions.strip():
        raise Refused("Write the conditions.", field="conditions")
    seat.view, seat.reasons, seat.conditions, seat.viewed_at = Seat.View(view), reasons.strip(), conditions.strip(), at
    seat.save(update_fields=["view", "reasons", "conditions", "viewed_at"])
    write_entry(Act.ALTERED, referral, by=by, at=at, note="view of the panel")
    tell_coordinator(referral, f"view-{seat.pk}", at=at)
    return seat
