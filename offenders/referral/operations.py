"""Start a referral, fill in its form, send it, and give it to another coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Area, User
from accounts.models.role import Role
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from core.errors import Refused
from core.references import unused_reference
from offenders.core_member.wall_models import refuse_walled_off
from offenders.referral.access import ReferralAccess, StartingReferralAccess
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.answers import filled_sections, missing_in_words, stored_answers
from offenders.referral.clock import acknowledge_by, answer_by
from offenders.referral.link_models import ReferrerLink
from offenders.referral.models import Referral, ReferralEvent
from offenders.referral.sections import SECTIONS
from offenders.referral.sharing import require_sharing
from offenders.secure_domain.operations import require_secure

MOST_OF_ONE = 20
"""Offences, assessments or professionals of one referral."""


def lock_referral(referral: Referral) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)


@transaction.atomic
def start_referral(
    *,
    area: Area,
    coordinator: User,
    referrer_name: str,
    referrer_agency: str,
    referrer_mail: str,
    by: User,
    at: datetime,
    referrer_role: str = "",
    referrer_telephone: str = "",
) -> Referral:
    """Begin the form for somebody whom an agency asks about. The referrer's address must be a secure one."""
    StartingReferralAccess(by).require(StartingReferralAccess.start_referral)
    require_secure(referrer_mail, field="referrer_mail")
    if not coordinator.has_role(Role.COORDINATOR) or not coordinator.is_active:
        raise Refused("Choose somebody who coordinates.", field="coordinator")
    referral = Referral.objects.create(
        reference=unused_reference(Referral, "RF"),
        area=area,
        coordinator=coordinator,
        referrer_name=referrer_name.strip(),
        referrer_role=referrer_role.strip(),
        referrer_agency=referrer_agency.strip(),
        referrer_mail=referrer_mail,
        referrer_telephone=referrer_telephone.strip(),
        started_at=at,
        started_by=by,
        waits_since=at,
    )
    write_line(referral, "Begun", by=by, at=at)
    write_entry(Act.COLLECTED, referral, by=by, at=at)
    if coordinator != by:
        tell_coordinator(referral, "begun", at=at)
    return referral


def write_line(referral: Referral, what: str, *, by: User | None, at: datetime, detail: str = "") -> None:
    """Add a line to the story that is no move."""
    ReferralEvent.objects.create(referral=referral, what=what, detail=detail, by=by, at=at)


def tell_coordinator(referral: Referral, what: str, *, at: datetime, urgency: Urgency = Urgency.ROUTINE) -> None:
    """Tell whoever coordinates it that there is something new. `what` makes the alert's key."""
    queue_alert(
        key=f"{referral.reference}:{what}:{at.timestamp():.0f}",
        to=[referral.coordinator] if referral.coordinator.is_active else [],
        urgency=urgency,
        wording=Wording.SOMETHING_NEEDS_YOU,
        about=referral.core_member_id,
        link=referral.get_absolute_url(),
        at=at,
    )
    nudge()


@transaction.atomic
def save_section(
    referral: Referral,
    *,
    section: str,
    answers: Mapping[str, Any],
    by: User,
    at: datetime,
    number: int = 1,
    page: str = "",
) -> None:
    """Save the answers to one section of the form. A question that is not answered stays empty.

    `page` names the open page, which saves many times while somebody types: the trail has one line for it.
    """
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if write_answers(referral, section=section, answers=answers, number=number, page=page, by=by, at=at):
        write_entry(Act.ALTERED, referral, by=by, at=at, note=f"section {section}")


def write_answers(
    referral: Referral,
    *,
    section: str,
    answers: Mapping[str, Any],
    number: int,
    page: str,
    by: User | None,
    at: datetime,
) -> bool:
    """Write the answers of a referral that is locked, and answer whether the trail has no line of this page yet.

    `by` is nobody where the referrer writes.
    """
    if not referral.may_be_written:
        raise Refused("The form is closed. Write what is new to whoever decides.")
    kind = SECTIONS[section]
    if number > (MOST_OF_ONE if kind.many else 1):
        raise Refused(f"That is as many as the form takes. Put the others under “{kind.questions[-1].label}”.")
    said = stored_answers(kind, answers)
    row = SectionAnswers.objects.filter(referral=referral, section=section, number=number).first()
    row = row or SectionAnswers(referral=referral, section=section, number=number)
    is_new = not page or page not in row.pages.values()
    changed = [name for name in answers if row.answers.get(name) != said.get(name)]
    row.answers = {name: answer for name, answer in row.answers.items() if name not in answers} | said
    row.pages = row.pages | dict.fromkeys(changed, page)
    row.saved_at, row.saved_by = at, by
    row.save()
    if referral.status == Referral.Status.DRAFT:
        referral.waits_since = at
        referral.save(update_fields=["waits_since"])
    return is_new


@transaction.atomic
def remove_answers(referral: Referral, *, section: str, number: int, by: User, at: datetime) -> None:
    """Take one offence, assessment or professional off the form."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    delete_answers(referral, section=section, number=number)
    write_entry(Act.ALTERED, referral, by=by, at=at, note=f"section {section}")


def delete_answers(referral: Referral, *, section: str, number: int) -> None:
    """Delete the answers of a referral that is locked."""
    if not referral.may_be_written:
        raise Refused("The form is closed. Write what is new to whoever decides.")
    gone, _ = SectionAnswers.objects.filter(referral=referral, section=section, number=number).delete()
    if not gone:
        raise Refused("It was taken off the form already.")


@transaction.atomic
def submit_referral(referral: Referral, *, by: User, at: datetime) -> Referral:
    """Send the form that a coordinator filled in."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    require_sharing(referral, by=by, at=at)
    move_to_submitted(referral, by=by, at=at)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="sent")
    return referral


def move_to_submitted(referral: Referral, *, by: User | None, at: datetime) -> None:
    """Refuse a form that lacks an answer; otherwise start the two clocks."""
    missing = missing_in_words(filled_sections(SectionAnswers.objects.filter(referral=referral)))
    if missing:
        raise Refused(f"Answer these first. {'. '.join(missing)}.")
    referral.submitted_at, referral.acknowledge_by, referral.answer_by = at, acknowledge_by(at), answer_by(at)
    referral.move(Referral.Status.SUBMITTED, by=by, at=at)


@transaction.atomic
def change_referrer(
    referral: Referral,
    *,
    area: Area,
    referrer_name: str,
    referrer_agency: str,
    referrer_mail: str,
    by: User,
    at: datetime,
    referrer_role: str = "",
    referrer_telephone: str = "",
) -> Referral:
    """Put right who refers him and where he lives. A link that went to another address ends."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if referral.is_over:
        raise Refused("This referral is over. Nothing of it is changed any more.")
    require_secure(referrer_mail, field="referrer_mail")
    if referrer_mail != referral.referrer_mail:
        ReferrerLink.objects.filter(referral=referral, ended_at=None).update(ended_at=at)
    referral.area, referral.referrer_mail = area, referrer_mail
    referral.referrer_name, referral.referrer_role = referrer_name.strip(), referrer_role.strip()
    referral.referrer_agency, referral.referrer_telephone = referrer_agency.strip(), referrer_telephone.strip()
    written = ["area", "referrer_mail", "referrer_name", "referrer_role", "referrer_agency", "referrer_telephone"]
    referral.save(update_fields=written)
    write_entry(Act.ALTERED, referral, by=by, at=at, note="referrer")
    return referral


@transaction.atomic
def hand_referral_to(referral: Referral, *, coordinator: User, by: User, at: datetime) -> Referral:
    """Another coordinator has it from now on, and is told."""
    referral = lock_referral(referral)
    ReferralAccess(by, referral).require(ReferralAccess.work_referral)
    if not coordinator.has_role(Role.COORDINATOR) or not coordinator.is_active:
        raise Refused("Choose somebody who coordinates.", field="coordinator")
    refuse_walled_off(coordinator, referral.core_member_id, "coordinator")
    if coordinator.pk == referral.coordinator_id:
        raise Refused("They have it already. Choose somebody else.", field="coordinator")
    referral.coordinator = coordinator
    referral.save(update_fields=["coordinator"])
    write_line(referral, "Given to another coordinator", by=by, at=at)
    write_entry(Act.GRANTED, referral, by=by, at=at, recipient=coordinator.reference)
    tell_coordinator(referral, "given", at=at)
    return referral
