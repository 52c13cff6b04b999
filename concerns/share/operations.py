"""Propose, approve, send, chase, correct and call back a share (domain.md 7.7). Replies: reply_operations.py."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from circles.redaction.names import redaction_for
from concerns.choices import Level
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.ladder.models import working_time
from concerns.share.access import ShareAccess
from concerns.share.choices import KEEP_IT, Condition, Gateway, LawfulBasis, Marking, Method, Told
from concerns.share.clock import answer_deadline_of
from concerns.share.models import Share
from concerns.share.recipient import OtherRecipient, facts_of_recipient, require_still_verified
from core.errors import Refused
from core.fingerprint import fingerprint_of
from core.redaction import ByHand, Redaction
from core.references import unused_reference
from offenders.contact.models import Contact
from offenders.core_member.wall_models import refuse_walled_off


class Grounds(TypedDict):
    """Why an agency may be told, and how it must handle what it is told (domain.md 3.8)."""

    purpose: str
    gateway: Gateway
    basis: LawfulBasis
    condition: Condition
    necessity: str
    told_core_member: Told
    told_why: NotRequired[str]
    marking: NotRequired[Marking]
    handling: NotRequired[str]


@transaction.atomic
def propose_share(
    concern: Concern,
    *,
    method: Method,
    text: str,
    contact: Contact | None = None,
    to_desk: bool = False,
    other_recipient: OtherRecipient | None = None,
    by_hand: ByHand | None = None,
    corrects: Share | None = None,
    by: User,
    at: datetime,
    **grounds: Unpack[Grounds],
) -> Share:
    """Write down exactly what an agency is to be told. A share of an Immediate concern is approved at once.

    Volunteers' names are left out of the text; `by_hand` holds the names that its author put back or left out.
    Raises Refused when the contact is not verified, when a recipient without an account is to read it here, when an
    address is not secure, or when there is no reason why the core member is not told.
    """
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.share)
    recipient_facts = facts_of_recipient(
        concern, contact=contact, to_desk=to_desk, other=other_recipient, method=method, at=at
    )
    told_why = grounds.get("told_why", "").strip()
    if grounds["told_core_member"] != Told.YES and not told_why:
        raise Refused("Say why he is not told yet.", field="told_why")
    names = redaction_of(concern, by_hand=by_hand)
    text = str(names.read(text))
    grounds |= {"told_why": told_why, "handling": grounds.get("handling", "").strip() or KEEP_IT}
    share = Share.objects.create(
        reference=unused_reference(Share, "S"),
        concern=concern,
        method=method,
        text=text,
        text_hash=fingerprint_of(text),
        names_by_hand=names.choices_by_hand(),
        proposed_at=at,
        proposed_by=by,
        corrects=corrects,
        **grounds,
        **recipient_facts,
    )
    _begin_share(share, by=by, at=at)
    return share


def _begin_share(share: Share, *, by: User, at: datetime) -> None:
    """Write the first line of its story and of its trail; approve it at once where the concern is Immediate."""
    share.note("Proposed", by=by, at=at)
    write_entry(Act.COLLECTED, share, by=by, at=at, within=share.concern.filed_within)
    if share.concern.level == Level.IMMEDIATE:
        _record_approval(share, by=by, at=at, note="Immediate: waits for no second person.")


def redaction_of(concern: Concern, *, by_hand: ByHand | None = None) -> Redaction:
    """The names an agency is not told: the circle's volunteers, and the author if a volunteer of another circle."""
    raised_by = User.objects.filter(pk=concern.raised_by_id, volunteer__isnull=False)
    return redaction_for(concern.circle, by_hand=by_hand, also=raised_by)


@transaction.atomic
def approve_share(share: Share, *, by: User, at: datetime) -> Share:
    """A second person agrees to these words, this recipient and this reason."""
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.approve)
    _record_approval(share, by=by, at=at)
    return share


def _record_approval(share: Share, *, by: User, at: datetime, note: str = "") -> None:
    share.approved_at, share.approved_by = at, by
    share.move(Share.Status.APPROVED, by=by, at=at, note=note)
    write_entry(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note="approved")


@transaction.atomic
def send_share(share: Share, *, by: User, at: datetime) -> Share:
    """Record that this person told the agency by telephone, e-mail or in person; or let the recipient read it here."""
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.send)
    require_still_verified(share, at=at)
    refuse_walled_off(share.recipient, share.concern.circle.core_member_id)
    share.sent_at, share.sent_by = at, by
    share.answer_due_at = answer_deadline_of(Level(share.concern.level), at, working_time())
    share.move(Share.Status.SENT, by=by, at=at, note=share.get_method_display())
    if share.corrects is not None:
        _replace_share(share.corrects, share, by=by, at=at)
    if share.recipient is not None and share.method == Method.HERE:
        queue_alert(
            key=f"{share.reference}:sent",
            to=[share.recipient],
            urgency=alert_urgency_of(share.concern),
            wording=Wording.THERE_IS_NEWS,
            about=share.concern.circle.core_member_id,
            link=share.get_absolute_url(),
            at=at,
        )
        nudge()
    share.concern.note(f"Told {share.recipient_agency}", by=by, at=at, detail=f"{share.reference}, {share.method}")
    write_entry(
        Act.SHARED,
        share,
        by=by,
        at=at,
        within=share.concern.filed_within,
        recipient=f"{share.recipient_name}, {share.recipient_agency}"[:120],
    )
    return share


def alert_urgency_of(concern: Concern) -> Urgency:
    return Urgency.URGENT if Level(concern.level).tells_agency_at_once else Urgency.ROUTINE


def _replace_share(old: Share, new: Share, *, by: User, at: datetime) -> None:
    """Mark a wrong share as corrected by the new one. Both are kept."""
    old, at = lock_share(old, at=at)
    old.reason = f"Corrected by {new.reference}."
    old.move(Share.Status.CORRECTED, by=by, at=at, note=old.reason)


@transaction.atomic
def decide_not_to_share(share: Share, *, reason: str, by: User, at: datetime) -> Share:
    """Record the decision not to tell, with its reason (domain.md 3.7)."""
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.send)
    _write_reason(share, reason)
    share.move(Share.Status.NOT_SHARED, by=by, at=at, note=share.reason)
    write_entry(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note="decided not to share")
    return share


@transaction.atomic
def chase_share(share: Share, *, spoken_to: str, by: User, at: datetime) -> Share:
    """Record that somebody asked the agency for its answer, and what it said. The clock starts again."""
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.send)
    if share.status not in Share.CHASED:
        raise Refused("There is nothing to chase: it was not sent, or they have answered.")
    if not spoken_to.strip():
        raise Refused("Say whom you spoke to, or that nobody answered.", field="spoken_to")
    share.answer_due_at = answer_deadline_of(Level(share.concern.level), at, working_time())
    share.save(update_fields=["answer_due_at"])
    share.note("Chased", by=by, at=at, detail=spoken_to.strip())
    write_entry(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note="chased")
    return share


@transaction.atomic
def record_failure(share: Share, *, reason: str, by: User, at: datetime) -> Share:
    """Record that it did not arrive. It stays on the coordinator's list until another share is sent."""
    return _end_share(share, Share.Status.FAILED, reason, by=by, at=at)


@transaction.atomic
def recall_share(share: Share, *, reason: str, by: User, at: datetime) -> Share:
    """Call back what should not have gone: from now nobody outside can read it here, and the recipient is told."""
    share = _end_share(share, Share.Status.RECALLED, reason, by=by, at=at)
    if share.recipient is not None:
        queue_alert(
            key=f"{share.reference}:recalled",
            to=[share.recipient],
            urgency=Urgency.URGENT,
            wording=Wording.THERE_IS_NEWS,
            about=share.concern.circle.core_member_id,
            link="/",
            at=at,
        )
        nudge()
    return share


def _end_share(share: Share, to: Share.Status, reason: str, *, by: User, at: datetime) -> Share:
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.send)
    _write_reason(share, reason)
    share.move(to, by=by, at=at, note=share.reason)
    write_entry(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note=to.value)
    return share


def _write_reason(share: Share, reason: str) -> None:
    if not reason.strip():
        raise Refused("Say why.", field="reason")
    share.reason = reason.strip()


def lock_share(share: Share, *, at: datetime) -> tuple[Share, datetime]:
    """Lock the concern, then the share. Returns the share and the moment of the act."""
    _, at = lock_concern(share.concern, at=at)
    rows = Share.objects.select_for_update(of=("self",)).select_related("concern__circle", "recipient", "contact")
    return rows.get(pk=share.pk), at
