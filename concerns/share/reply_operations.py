"""What the recipient does with a share: open, receive, acknowledge, reply; and the charity reading the replies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from concerns.choices import Side
from concerns.engine.cover import people_with_stand_ins
from concerns.engine.next_step import pending_step
from concerns.engine.plan import plan_for
from concerns.handling.promise_operations import write_promise
from concerns.share.access import ShareAccess
from concerns.share.models import Share
from concerns.share.operations import alert_urgency_of, lock_share
from concerns.share.reply_models import ShareReply
from core.errors import Refused
from core.names import is_same_name


@transaction.atomic
def note_opened(share: Share, *, by: User, at: datetime) -> Share:
    """Write in its story that the recipient opened it here for the first time. The trail keeps every sight."""
    if share.recipient_id != by.pk or share.opened_at is not None:
        return share
    share, at = lock_share(share, at=at)
    if share.opened_at is None:
        share.opened_at = at
        share.save(update_fields=["opened_at"])
        share.note("Opened by the recipient", by=by, at=at)
    return share


@transaction.atomic
def receive_share(share: Share, *, by: User, at: datetime) -> Share:
    """Record that it arrived. A recipient who says so undertakes to keep it as asked; the charity says what it heard."""
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.acknowledge)
    share.received_at, share.received_by = at, by
    note = "Undertook to keep it as asked." if share.recipient_id == by.pk else "Heard by the charity."
    share.move(Share.Status.RECEIVED, by=by, at=at, note=note)
    write_entry(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note="received")
    return share


@transaction.atomic
def acknowledge_share(
    share: Share,
    *,
    their_plan: str,
    their_reference: str = "",
    volunteers_may_know: bool = False,
    by: User,
    at: datetime,
) -> Share:
    """Record that the agency has it: its plan, its reference, and whether volunteers may be told.

    Either the recipient says so here, or somebody at the charity who heard it by telephone.
    """
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.acknowledge)
    if not their_plan.strip():
        raise Refused("Say in a sentence what will be done, or that nothing will.", field="their_plan")
    share.their_plan, share.their_reference = their_plan.strip(), their_reference.strip()
    share.volunteers_may_know = volunteers_may_know
    share.save(update_fields=["their_plan", "their_reference", "volunteers_may_know"])
    share.move(Share.Status.ACKNOWLEDGED, by=by, at=at, note=share.their_plan)
    share.concern.note(f"{share.recipient_agency} has it", by=by, at=at, detail=share.their_plan)
    _promise_for_agency(share, by=by, at=at)
    if share.recipient_id == by.pk:
        _save_reply(share, share.their_plan, by=by, at=at)
    write_entry(Act.ALTERED, share, by=by, at=at, within=share.concern.filed_within, note="acknowledged")
    return share


def _promise_for_agency(share: Share, *, by: User, at: datetime) -> None:
    """Count “We have it” as a promise on the agency's side too, where that agency works the concern's queue.

    It holds until the level asks for a first action. Another agency's answer stops no clock, and a promise that a
    person made is not replaced.
    """
    concern = share.concern
    step = pending_step(concern, Side.AGENCY)
    if not concern.is_chased(Side.AGENCY) or concern.queue is None or (step is not None and step.promise is not None):
        return
    workers = concern.queue.workers().values_list("pk", "agency__name")
    agency = share.recipient_agency
    if any(pk == share.recipient_id or (name and is_same_name(name, agency)) for pk, name in workers):
        until = plan_for(concern, Side.AGENCY).latest_first_promise(at)
        write_promise(concern, Side.AGENCY, until=until, plan=share.their_plan[:500], share=share, by=by, at=at)


@transaction.atomic
def write_reply(share: Share, *, words: str, by: User, at: datetime) -> ShareReply:
    """Store a recipient's message: a question, an answer, “not ours”. It stays on the coordinator's list until read."""
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.write)
    if not words.strip():
        raise Refused("Write what you want to say.", field="words")
    reply = _save_reply(share, words.strip(), by=by, at=at)
    share.note("The agency wrote", by=by, at=at)
    write_entry(Act.COLLECTED, share, by=by, at=at, within=share.concern.filed_within, note="reply")
    return reply


def _save_reply(share: Share, words: str, *, by: User, at: datetime) -> ShareReply:
    """Store the reply and alert its readers."""
    reply = ShareReply.objects.create(share=share, words=words, written_at=at, written_by=by)
    queue_alert(
        key=f"{share.reference}:reply:{reply.pk}",
        to=_readers_of(share, at=at),
        urgency=alert_urgency_of(share.concern),
        wording=Wording.THERE_IS_NEWS,
        about=share.concern.circle.core_member_id,
        link=share.get_absolute_url(),
        at=at,
    )
    nudge()
    return reply


def _readers_of(share: Share, *, at: datetime) -> list[User]:
    """The share's author, the circle's coordinator, and their deputies: those who may still read it."""
    keys = {share.proposed_by_id, share.concern.circle.coordinator_id}
    people = people_with_stand_ins(
        User.objects.filter(pk__in=keys, is_active=True).order_by("pk"), share.concern, at=at
    )
    return [person for person in people if ShareAccess(person, share).is_ours]


@transaction.atomic
def mark_replies_read(share: Share, *, by: User, at: datetime) -> Share:
    """Record that somebody at the charity has read what the agency wrote."""
    share, at = lock_share(share, at=at)
    ShareAccess(by, share).require(ShareAccess.read_story)
    for reply in share.replies.unread().select_for_update(of=("self",)):
        reply.read_at, reply.read_by = at, by
        reply.save(update_fields=["read_at", "read_by"])
    share.note("Read what the agency wrote", by=by, at=at)
    return share
