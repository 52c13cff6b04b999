"""Hands a concern over from on call to the working day (domain.md 3.6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.message.models import Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from concerns.concern.access import ConcernAccess
from concerns.concern.locking import lock_concern
from concerns.concern.models import Concern
from concerns.engine.cover import people_with_stand_ins
from concerns.engine.responders import charity_responders
from concerns.handling.promise_operations import refuse_ended
from concerns.handover.models import Handover
from concerns.ladder.models import working_time
from concerns.share.operations import alert_urgency_of
from core.errors import Refused
from core.templatetags.ui import moment_in_full

MISSING_WORDS = {
    "happened": "Write what happened.",
    "risk_now": "Write how things stand now, or that nothing more is known.",
    "done": "Write what was done.",
    "who_told": "Write who was told, or that nobody was.",
    "next_steps": "Write what comes next.",
}


@transaction.atomic
def hand_over(
    concern: Concern,
    *,
    happened: str,
    risk_now: str,
    done: str,
    who_told: str,
    next_steps: str,
    owner: User,
    by: User,
    at: datetime,
) -> Handover:
    """Hand a concern over to one person from the next working morning. It stops no clock.

    A handover that still waits counts as taken by the person who writes this one, since they had it through the night.
    """
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.hand_over)
    refuse_ended(concern)
    words = {"happened": happened, "risk_now": risk_now, "done": done, "who_told": who_told, "next_steps": next_steps}
    for name, text in words.items():
        if not text.strip():
            raise Refused(MISSING_WORDS[name], field=name)
    if not charity_responders(concern).filter(pk=owner.pk).exists():
        raise Refused("This person could not take it on. Choose somebody who can open it.", field="owner")
    concern.handovers.waiting().update(taken_at=at, taken_by=by)
    opens, _ = next(working_time().spans(at))
    handover = Handover.objects.create(
        concern=concern,
        owner=owner,
        written_at=at,
        written_by=by,
        due_at=opens,
        **{name: text.strip() for name, text in words.items()},
    )
    concern.note("Handed over", by=by, at=at, detail=f"To {owner.full_name}, who has it from {moment_in_full(opens)}.")
    _tell_owner(handover, by=by, at=at)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="handed over")
    return handover


def _tell_owner(handover: Handover, *, by: User, at: datetime) -> None:
    """Tell the person who takes it over in the morning, or who stands in for them."""
    concern = handover.concern
    people = [person for person in people_with_stand_ins([handover.owner], concern, at=at) if person != by]
    if people:
        queue_alert(
            key=f"{concern.reference}:handover:{handover.pk}",
            to=people,
            urgency=alert_urgency_of(concern),
            wording=Wording.SOMETHING_NEEDS_YOU,
            about=concern.circle.core_member_id,
            link=f"{concern.get_absolute_url()}handover/",
            at=at,
        )
        nudge()


@transaction.atomic
def take_handover(concern: Concern, *, by: User, at: datetime) -> Handover:
    """Record that this person has read the handover and has the concern from here."""
    concern, at = lock_concern(concern, at=at)
    ConcernAccess(by, concern).require(ConcernAccess.hand_over)
    handover = concern.handovers.waiting().select_for_update(of=("self",)).first()
    if handover is None:
        raise Refused("No handover waits here. Somebody may have taken it: open the concern again.")
    handover.taken_at, handover.taken_by = at, by
    handover.save(update_fields=["taken_at", "taken_by"])
    concern.note("Handover read and taken", by=by, at=at, changes=False)
    write_entry(Act.ALTERED, concern, by=by, at=at, within=concern.filed_within, note="handover taken")
    return handover
