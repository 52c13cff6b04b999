"""After a restore: sending stands still, says what waits, and goes on by a person's word, one message a person."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Min

from accounts.models import User
from accounts.operations import record_act
from alerts.message.models import Alert, Channel, Heartbeat, Urgency
from alerts.message.nudge import nudge
from alerts.pause.models import LETS_GO_ON, SendingPause
from core.errors import Refused

logger = logging.getLogger(__name__)

DATABASE = "database"
"""The heartbeat that holds which database the clocks last ran in."""

WHICH_DATABASE = (
    "SELECT (SELECT system_identifier FROM pg_control_system()) || ':' || "
    "(SELECT oid FROM pg_database WHERE datname = current_database())"
)
"""Another one after a dump was read back, whether into a new server or a new database of the same."""

FOLDED_WAIT = timedelta(minutes=1)
"""So long a message waits for the one that speaks for it; it goes by itself if that one does not."""

MOST_PRESSING_FIRST = [Urgency.IMMEDIATE, Urgency.URGENT, Urgency.ROUTINE]


def notice_restore(*, at: datetime) -> bool:
    """Pause sending when the clocks run in another database than the last time; whether they do.

    Its rows were read back from a copy: much in it that waits to be sent was sent long ago.
    """
    with connection.cursor() as cursor:
        cursor.execute(WHICH_DATABASE)
        here = str(cursor.fetchone()[0])
    known, is_new = Heartbeat.objects.get_or_create(name=DATABASE, defaults={"at": at, "detail": here})
    if is_new or known.detail == here:
        return False
    try:
        with transaction.atomic():
            Heartbeat.objects.filter(name=DATABASE).update(detail=here, at=at)
            pause_sending(at=at)
    except IntegrityError:
        return False  # another clock noticed it too
    logger.error("the database was restored: sending is paused")
    return True


@transaction.atomic
def pause_sending(*, at: datetime) -> SendingPause:
    """Let what was due before this moment wait; what comes later goes out at once."""
    return SendingPause.objects.create(began_at=at)


@transaction.atomic
def end_pause(*, by: User, at: datetime) -> SendingPause:
    """Go on: what waits is sent in one message a person and way, and the steps that waited are fired."""
    pause = SendingPause.objects.standing().select_for_update().first()
    if not (by.is_active and any(by.has_role(role) for role in LETS_GO_ON)):
        raise PermissionDenied("You may not let sending go on. A manager or a technician can.")
    if pause is None:
        raise Refused("Sending is not paused. Somebody may have let it go on already.")
    pause.ended_at, pause.ended_by = at, by
    pause.save(update_fields=["ended_at", "ended_by"])
    record_act("altered", by, by=by, at=at, note="let sending go on")
    fold_what_waited(at=at)
    nudge()
    return pause


def fold_what_waited(*, at: datetime) -> None:
    """Make one message a person and way of everything that is due: the most pressing leads, the others wait for it.

    What waits for the end of somebody's quiet hours is one message then.
    """
    queued = Alert.objects.filter(state=Alert.State.QUEUED)
    queued.update(folds=True)
    waiting = queued.filter(next_attempt_at__lte=at)
    leads: dict[tuple[int, str], tuple[int, int]] = {}
    for pk, person, channel, urgency in waiting.values_list("pk", "recipient", "channel", "urgency"):
        rank = (MOST_PRESSING_FIRST.index(Urgency(urgency)), pk)
        leads[person, channel] = min(leads.get((person, channel), rank), rank)
    leading = [pk for _, pk in leads.values()]
    waiting.exclude(pk__in=leading).update(next_attempt_at=at + FOLDED_WAIT)


def catch_up(*, at: datetime, still_due: bool) -> None:
    """After a pause was ended: fold what its steps have just queued; done once none of them is left."""
    pause = SendingPause.objects.filter(ended_at__isnull=False, caught_up_at=None).first()
    if pause is None:
        return
    fold_what_waited(at=at)
    if not still_due:
        pause.caught_up_at = at
        pause.save(update_fields=["caught_up_at"])


@dataclass(frozen=True)
class Waiting:
    """One person whom messages wait for: how many, and since when."""

    person: User
    count: int
    since: datetime


def waiting_in_pause() -> list[Waiting]:
    """Whom how many messages outside the inbox wait for, the most first; nothing while nothing is paused."""
    began = SendingPause.objects.began_at()
    if began is None:
        return []
    queued = Alert.objects.filter(state=Alert.State.QUEUED, queued_at__lte=began).exclude(channel=Channel.INBOX)
    counted = queued.order_by().values("recipient").annotate(count=Count("pk"), since=Min("queued_at"))
    rows = {row["recipient"]: row for row in counted}
    people = User.objects.filter(pk__in=rows).order_by("full_name", "pk")
    found = [Waiting(person, rows[person.pk]["count"], rows[person.pk]["since"]) for person in people]
    return sorted(found, key=lambda waiting: -waiting.count)


def paused() -> list[str]:
    """What the watcher says while sending is paused."""
    if SendingPause.objects.began_at() is None:
        return []
    return ["the database was restored and sending is paused: somebody must look at what waits and let it go on"]
