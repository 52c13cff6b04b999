"""Share approved minutes with verified contacts, decide not to send additions on, acknowledge (domain.md 7.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.circle.event_models import CircleEvent
from circles.meeting.access import MeetingAccess
from circles.meeting.locking import lock_meeting
from circles.meeting.models import Meeting
from circles.minutes_share.access import MinutesShareAccess
from circles.minutes_share.models import READABLE_FOR, MinutesShare, ResendSetAside
from circles.minutes_share.outer_minutes import OuterMinutes, minutes_for_agencies
from circles.sharing_agreement.models import SharingAgreement
from core.errors import Refused
from core.fingerprint import fingerprint_of
from core.redaction import ByHand
from core.references import unused_reference
from core.worktime import LONDON
from offenders.contact.models import Contact
from offenders.core_member.wall_models import refuse_walled_off
from offenders.secure_domain.operations import require_secure

Method = MinutesShare.Method
NAMES_BY_HAND = ", names decided by hand"
"""Added to the note in the trail if somebody decided about names against the rule."""
NOT_APPROVED = "Only approved minutes are shared. Read and approve them first."


def field_name_of(contact: Contact) -> str:
    """The name of the form field about one contact."""
    return f"to-{contact.reference}"


@transaction.atomic
def share_minutes(
    meeting: Meeting, *, to: Mapping[Contact, str], by_hand: ByHand | None = None, by: User, at: datetime
) -> list[MinutesShare]:
    """Send the minutes as they are now to these contacts, each in the chosen way: to all of them or to none.

    `by_hand` holds what the sender decided about single names, against the rule.

    Raises Refused if the minutes are not approved, no sharing agreement is in force in his area, a contact is not
    verified or cannot be reached in that way, or somebody has the same words already.
    """
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.share_minutes)
    if meeting.status != Meeting.Status.APPROVED:
        raise Refused(NOT_APPROVED)
    agreement = _agreement_of(meeting, at=at)
    if not to:
        raise Refused("Choose at least one person and how they get the minutes.")
    contacts = Contact.objects.select_for_update(of=("self",)).select_related("agency", "account")
    ways = {contact.pk: Method(how) for contact, how in to.items()}
    recipients = [(contact, ways[contact.pk]) for contact in contacts.filter(pk__in=ways).order_by("pk")]
    outer = minutes_for_agencies(meeting, by_hand=by_hand)
    for contact, how in recipients:
        _require_reachable(meeting, contact, how, at=at)
        _require_new_words(meeting, contact, how, outer.text, at=at)
    sent = [_send_to(meeting, contact, how, outer, agreement, by=by, at=at) for contact, how in recipients]
    people = "1 person" if len(sent) == 1 else f"{len(sent)} people"
    CircleEvent.objects.create(
        circle=meeting.circle,
        at=at,
        by=by,
        kind=CircleEvent.Kind.MEETING,
        what=f"Meeting {meeting.number}: minutes shared with {people} at agencies",
    )
    return sent


def _agreement_of(meeting: Meeting, *, at: datetime) -> SharingAgreement:
    """The sharing agreement in force in his area, without which no minutes are shared. Raises Refused."""
    area = meeting.circle.core_member.area
    in_force = SharingAgreement.objects.in_force(at.astimezone(LONDON).date()).filter(area=area)
    agreement = in_force.order_by("-signed_on", "-pk").first()
    if agreement is None:
        raise Refused(
            f"No sharing agreement is in force for {area.name}, so no minutes go to agencies there. "
            "Ask a manager to write down the signed one."
        )
    return agreement


def _require_reachable(meeting: Meeting, contact: Contact, how: Method, *, at: datetime) -> None:
    """Raise Refused unless minutes may go to this contact, and in this way."""
    field = field_name_of(contact)
    refuse_walled_off(contact.account, contact.core_member_id, field)
    if contact.core_member_id != meeting.circle.core_member_id:
        raise Refused("This is not a contact of this core member.", field=field)
    if why := contact.reason_not_to_tell_on(at.astimezone(LONDON).date()):
        raise Refused(f"{why} Ring them first, and say so on his page.", field=field)
    if how == Method.SECURE_MAIL:
        if not contact.secure_mail:
            raise Refused(
                f"No secure e-mail address is written down for {contact.name}. Choose another way.", field=field
            )
        require_secure(contact.secure_mail, field=field)
    if how == Method.HERE and contact.account is None:
        raise Refused(f"{contact.name} has no account here. Choose another way.", field=field)


def _require_new_words(meeting: Meeting, contact: Contact, how: Method, text: str, *, at: datetime) -> None:
    """Raise Refused if they have the same words already in the same way, and can still read them."""
    before = MinutesShare.objects.filter(meeting=meeting, contact=contact, method=how, text_hash=fingerprint_of(text))
    if how == Method.HERE:
        before = before.filter(sent_at__gt=at - READABLE_FOR, recipient=contact.account)
    if before.exists():
        raise Refused(
            f"{contact.name} has these minutes already, exactly as they are now.", field=field_name_of(contact)
        )


def _present_counts_of(meeting: Meeting) -> dict[str, int]:
    """The number of addenda and the number of the version now. They show later whether something was added since."""
    return {
        "addenda": meeting.addenda.count(),
        "version": meeting.versions.aggregate(newest=Max("number"))["newest"] or 0,
    }


def _send_to(
    meeting: Meeting,
    contact: Contact,
    how: Method,
    outer: OuterMinutes,
    agreement: SharingAgreement,
    *,
    by: User,
    at: datetime,
) -> MinutesShare:
    """Save what one contact is sent, write it in the trail, and tell them if they read it here."""
    share = MinutesShare.objects.create(
        reference=unused_reference(MinutesShare, "MS"),
        meeting=meeting,
        contact=contact,
        recipient=contact.account,
        recipient_name=contact.name,
        recipient_role=contact.role,
        recipient_agency=contact.agency.name,
        recipient_mail=contact.secure_mail if how == Method.SECURE_MAIL else "",
        method=how,
        agreement=agreement,
        text=outer.text,
        text_hash=fingerprint_of(outer.text),
        names_by_hand=outer.names.choices_by_hand(),
        sent_at=at,
        sent_by=by,
        **_present_counts_of(meeting),
    )
    write_entry(
        Act.SHARED,
        meeting,
        by=by,
        at=at,
        within=meeting.circle.reference,
        recipient=f"{contact.name}, {contact.agency.name}"[:120],
        note=f"{share.reference}, {how}{NAMES_BY_HAND if share.names_by_hand else ''}",
    )
    if how == Method.HERE and contact.account is not None:
        _tell_reader(share, contact.account, at=at)
    return share


def _tell_reader(share: MinutesShare, reader: User, *, at: datetime) -> None:
    """Alert somebody at an agency that minutes wait for them here."""
    queue_alert(
        key=f"{share.reference}:sent",
        to=[reader],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        about=share.meeting.circle.core_member_id,
        link=share.get_absolute_url(),
        at=at,
    )
    nudge()


@transaction.atomic
def set_resend_aside(meeting: Meeting, *, reason: str, by: User, at: datetime) -> ResendSetAside:
    """Decide not to send on what was added after these minutes were shared, with the reason."""
    meeting = lock_meeting(meeting)
    MeetingAccess(by, meeting).require(MeetingAccess.share_minutes)
    if not MinutesShare.objects.behind().filter(meeting=meeting).exists():
        raise Refused("Everybody who was sent these minutes has them as they are now. There is nothing to send on.")
    if not reason.strip():
        raise Refused("Say why it is not sent on.", field="reason")
    set_aside = ResendSetAside.objects.create(
        meeting=meeting, reason=reason.strip(), set_aside_at=at, set_aside_by=by, **_present_counts_of(meeting)
    )
    write_entry(Act.ALTERED, meeting, by=by, at=at, within=meeting.circle.reference, note="resend set aside")
    return set_aside


@transaction.atomic
def acknowledge_minutes(share: MinutesShare, *, by: User, at: datetime) -> MinutesShare:
    """Note that the recipient has read the minutes. Doing it twice changes nothing."""
    share = lock_share(share)
    MinutesShareAccess(by, share).require(MinutesShareAccess.acknowledge_minutes)
    if share.read_at is not None:
        return share
    share.read_at, share.read_by = at, by
    share.save(update_fields=["read_at", "read_by"])
    write_entry(Act.ALTERED, share, by=by, at=at, within=share.meeting.circle.reference, note="read by the recipient")
    return share


def lock_share(share: MinutesShare) -> MinutesShare:
    shares = MinutesShare.objects.select_for_update(of=("self",)).select_related("meeting__circle__core_member")
    return shares.get(pk=share.pk)
