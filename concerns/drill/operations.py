"""Rehearses a queue: the same people are told in the same ways, with another message."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from audit.models import Act
from audit.trail import write_entry
from concerns.drill.access import DrillAccess
from concerns.drill.models import Drill, DrillAnswer
from concerns.queue.models import Queue
from core.errors import Refused
from core.references import unused_reference

DRILL_LASTS = timedelta(hours=24)


@transaction.atomic
def start_drill(queue: Queue, *, by: User, at: datetime) -> Drill:
    """Tell everybody who works a queue, as of an urgent concern, that this is a rehearsal."""
    queue = Queue.objects.select_for_update(of=("self",)).get(pk=queue.pk)
    DrillAccess(by).require(DrillAccess.start_drill)
    if Drill.objects.filter(queue=queue, ends_at__gt=at).exists():
        raise Refused("A rehearsal of this queue is running already. Wait until its day is over.")
    people = list(queue.workers())
    if not people:
        raise Refused("Nobody works this queue. Grant it to a team first.")
    drill = Drill.objects.create(
        reference=unused_reference(Drill, "D"), queue=queue, started_at=at, started_by=by, ends_at=at + DRILL_LASTS
    )
    DrillAnswer.objects.bulk_create(DrillAnswer(drill=drill, person=person) for person in people)
    queue_alert(
        key=f"{drill.reference}:rehearsal",
        to=people,
        urgency=Urgency.URGENT,
        wording=Wording.REHEARSAL,
        link=drill.get_absolute_url(),
        at=at,
    )
    write_entry(Act.COLLECTED, drill, by=by, at=at)
    nudge()
    return drill


@transaction.atomic
def answer_drill(drill: Drill, *, by: User, at: datetime) -> DrillAnswer:
    """Say “I have received it”. The first time counts."""
    DrillAccess(by, drill).require(DrillAccess.answer_drill)
    answer = DrillAnswer.objects.select_for_update(of=("self",)).get(drill=drill, person=by)
    if answer.answered_at is None:
        answer.answered_at = at
        answer.save(update_fields=["answered_at"])
        write_entry(Act.ALTERED, drill, by=by, at=at, note="received")
    return answer
