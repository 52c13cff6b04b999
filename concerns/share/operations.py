"""Telling an agency: proposed, approved by a second person, sent word for word, answered, put right (domain.md 7.7)."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import recorded
from circles.redaction.names import redaction_for
from concerns.choices import Level
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock
from concerns.concern.models import Concern
from concerns.ladder.models import working_time
from concerns.share.access import ShareAccess
from concerns.share.choices import KEEP_IT, Condition, Gateway, LawfulBasis, Marking, Method, Told
from concerns.share.clock import answer_due
from concerns.share.models import Share
from concerns.share.recipient import Written, facts_of_recipient, require_still_verified
from core.errors import Refused
from core.fingerprint import fingerprint_of
from core.redaction import ByHand, Redaction
from core.references import unused_reference
from offenders.contact.models import Contact


class Grounds(TypedDict):
    """Why it may be told, and how it is to be handled (domain.md 3.8)."""

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
    written: Written | None = None,
    by_hand: ByHand | None = None,
    corrects: Share | None = None,
    by: User,
    at: datetime,
    **grounds: Unpack[Grounds],
) -> Share:
    """Write down exactly what an agency is to be told. An Immediate one waits for no second person.

    Volunteers' names are left out of the text; `by_hand` is what whoever writes it decided against that rule.
    Raises Refused when the contact is not verified, when somebody is to read it here who has no account, when an
    address is not a secure one, or when it is not said why he is not told.
    """
    concern, at = lock(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.share)
    whom = facts_of_recipient(
        concern, contact=contact, to_desk=to_desk, written=written or Written(), method=method, at=at
    )
    told_why = grounds.get("told_why", "").strip()
    if grounds["told_core_member"] != Told.YES and not told_why:
        raise Refused("Say why he is not told yet.", field="told_why")
    names = names_for(concern, by_hand=by_hand)
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
        **whom,
    )
    begin_share(share, by=by, at=at)
    return share


def begin_share(share: Share, *, by: User, at: datetime) -> None:
    """Its story and its line in the trail; an Immediate one is approved at once."""
    share.note("Proposed", by=by, at=at)
    recorded(Act.COLLECTED, share, by=by, at=at, within=share.concern.filed_within)
    if share.concern.level == Level.IMMEDIATE:
        approve(share, by=by, at=at, note="Immediate: waits for no second person.")


def names_for(concern: Concern, *, by_hand: ByHand | None = None) -> Redaction:
    """Whose names an agency is not told: the circle's volunteers, and a volunteer of another who raised it."""
    raised_by = User.objects.filter(pk=concern.raised_by_id, volunteer__isnull=False)
    return redaction_for(concern.circle, by_hand=by_hand, also=raised_by)


@transaction.atomic
def approve_share(share: Share, *, by: User, at: datetime) -> Share:
    """The second pair of eyes: these words, to this person, for this reason."""
    share, at = locked(share, at=at)
    ShareAccess(by, share).require(ShareAccess.approve)
    approve(share, by=by, at=at)
    return share


def approve(share: Share, *, by: User, at: datetime, note: str = "") -> None:
    share.approved_at, share.approved_by = at, by
    share.move(Share.Status.APPROVED, by=by, at=at, note=note)
    recorded(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note="approved")


@transaction.atomic
def send_share(share: Share, *, by: User, at: datetime) -> Share:
    """It is told: by this person by telephone, mail or in person; or from now they can read it here."""
    share, at = locked(share, at=at)
    ShareAccess(by, share).require(ShareAccess.send)
    require_still_verified(share, at=at)
    share.sent_at, share.sent_by = at, by
    share.answer_due_at = answer_due(Level(share.concern.level), at, working_time())
    share.move(Share.Status.SENT, by=by, at=at, note=share.get_method_display())
    if share.corrects is not None:
        supersede(share.corrects, share, by=by, at=at)
    if share.recipient is not None and share.method == Method.HERE:
        queue_alert(
            key=f"{share.reference}:sent",
            to=[share.recipient],
            urgency=urgency_of(share.concern),
            wording=Wording.THERE_IS_NEWS,
            link=share.get_absolute_url(),
            at=at,
        )
        nudge()
    share.concern.note(f"Told {share.recipient_agency}", by=by, at=at, detail=f"{share.reference}, {share.method}")
    recorded(
        Act.SHARED,
        share,
        by=by,
        at=at,
        within=share.concern.filed_within,
        recipient=f"{share.recipient_name}, {share.recipient_agency}"[:120],
    )
    return share


def urgency_of(concern: Concern) -> Urgency:
    return Urgency.URGENT if Level(concern.level).tells_agency_at_once else Urgency.ROUTINE


def supersede(old: Share, new: Share, *, by: User, at: datetime) -> None:
    """The one that was wrong points to the one that is right; both are kept."""
    old, at = locked(old, at=at)
    old.reason = f"Corrected by {new.reference}."
    old.move(Share.Status.CORRECTED, by=by, at=at, note=old.reason)


@transaction.atomic
def decide_not_to_share(share: Share, *, reason: str, by: User, at: datetime) -> Share:
    """Not telling is a decision too, and is kept with its reason (domain.md 3.7)."""
    share, at = locked(share, at=at)
    ShareAccess(by, share).require(ShareAccess.send)
    give_reason(share, reason)
    share.move(Share.Status.NOT_SHARED, by=by, at=at, note=share.reason)
    recorded(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note="decided not to share")
    return share


@transaction.atomic
def chase_share(share: Share, *, spoken_to: str, by: User, at: datetime) -> Share:
    """Nobody has answered: whom did you speak to, and what did they say? The clock starts again."""
    share, at = locked(share, at=at)
    ShareAccess(by, share).require(ShareAccess.send)
    if share.status not in (Share.Status.SENT, Share.Status.RECEIVED):
        raise Refused("There is nothing to chase: it was not sent, or they have answered.")
    if not spoken_to.strip():
        raise Refused("Say whom you spoke to, or that nobody answered.", field="spoken_to")
    share.answer_due_at = answer_due(Level(share.concern.level), at, working_time())
    share.save(update_fields=["answer_due_at"])
    share.note("Chased", by=by, at=at, detail=spoken_to.strip())
    recorded(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note="chased")
    return share


@transaction.atomic
def record_failure(share: Share, *, reason: str, by: User, at: datetime) -> Share:
    """It did not arrive. Another way must be found, and stays on the coordinator's list until it is."""
    return end(share, Share.Status.FAILED, reason, by=by, at=at)


@transaction.atomic
def recall_share(share: Share, *, reason: str, by: User, at: datetime) -> Share:
    """Call back what should not have gone: nobody can read it here from now, and the recipient is told so."""
    share = end(share, Share.Status.RECALLED, reason, by=by, at=at)
    if share.recipient is not None:
        queue_alert(
            key=f"{share.reference}:recalled",
            to=[share.recipient],
            urgency=Urgency.URGENT,
            wording=Wording.THERE_IS_NEWS,
            link="/",
            at=at,
        )
        nudge()
    return share


def end(share: Share, to: Share.Status, reason: str, *, by: User, at: datetime) -> Share:
    share, at = locked(share, at=at)
    ShareAccess(by, share).require(ShareAccess.send)
    give_reason(share, reason)
    share.move(to, by=by, at=at, note=share.reason)
    recorded(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note=to.value)
    return share


def give_reason(share: Share, reason: str) -> None:
    if not reason.strip():
        raise Refused("Say why.", field="reason")
    share.reason = reason.strip()


def locked(share: Share, *, at: datetime) -> tuple[Share, datetime]:
    """The share's row, locked, and the moment of the act; the concern's lock first, for both have a story to write."""
    _, at = lock(share.concern, at=at)
    rows = Share.objects.select_for_update(of=("self",)).select_related("concern__circle", "recipient", "contact")
    return rows.get(pk=share.pk), at
