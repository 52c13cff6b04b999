"""Pause sending after a restore, show what waits, and end the pause with one message to each person."""

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
from alerts.pause.models import ENDS_PAUSES, SendingPause
from core.errors import Refused

logger = logging.getLogger(__name__)

DATABASE = "database"
"""The heartbeat that holds the identity of the database in which the tasks last ran."""

WHICH_DATABASE = (
    "SELECT (SELECT system_identifier FROM pg_control_system()) || ':' || "
    "(SELECT oid FROM pg_database WHERE datname = current_database())"
)
"""The database's identity. It changes when a dump is restored, into a new server or a new database."""

FOLDED_WAIT = timedelta(minutes=1)
"""How long a message waits for the one that stands for it. If that one fails, it is sent by itself."""

MOST_PRESSING_FIRST = [Urgency.IMMEDIATE, Urgency.URGENT, Urgency.ROUTINE]


def notice_restore(*, at: datetime) -> bool:
    """Pause sending when the database is another one than the last time. Returns whether it is.

    Its rows were restored from a copy: much that waits in it was sent long ago.
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
    """Begin a pause: what was due before this moment waits; what comes later goes out at once."""
    return SendingPause.objects.create(began_at=at)


@transaction.atomic
def end_pause(*, by: User, at: datetime) -> SendingPause:
    """End the pause: what waits is sent in one message for each person and channel, and the steps are taken."""
    pause = SendingPause.objects.current().select_for_update().first()
    if not (by.is_active and any(by.has_role(role) for role in ENDS_PAUSES)):
        raise PermissionDenied("You may not let sending go on. A manager or a technician can.")
    if pause is None:
        raise Refused("Sending is not paused. Somebody may have let it go on already.")
    pause.ended_at, pause.ended_by = at, by
    pause.save(update_fields=["ended_at", "ended_by"])
    record_act("altered", by, by=by, at=at, note="let sending go on")
    _fold_waiting_alerts(at=at)
    nudge()
    return pause


def _fold_waiting_alerts(*, at: datetime) -> None:
    """Make everything that is due one message for each person and channel: the most urgent goes, the others wait for it.

    What waits for the end of somebody's quiet hours becomes one message then.
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
    """Fold what the steps have just queued after a pause. With no step left, the pause is caught up."""
    pause = SendingPause.objects.filter(ended_at__isnull=False, caught_up_at=None).first()
    if pause is None:
        return
    _fold_waiting_alerts(at=at)
    if not still_due:
        pause.caught_up_at = at
        pause.save(update_fields=["caught_up_at"])


@dataclass(frozen=True)
class PersonWaiting:
    """A person for whom messages wait, with their number and the time of the first."""

    person: User
    count: int
    since: datetime


def people_waiting_in_pause() -> list[PersonWaiting]:
    """The people for whom messages wait in this pause, besides the inbox; those with the most come first."""
    began = SendingPause.objects.began_at()
    if began is None:
        return []
    queued = Alert.objects.filter(state=Alert.State.QUEUED, queued_at__lte=began).exclude(channel=Channel.INBOX)
    counts = queued.order_by().values("recipient").annotate(count=Count("pk"), since=Min("queued_at"))
    rows = {row["recipient"]: row for row in counts}
    people = User.objects.filter(pk__in=rows).order_by("full_name", "pk")
    people_waiting = [PersonWaiting(person, rows[person.pk]["count"], rows[person.pk]["since"]) for person in people]
    return sorted(people_waiting, key=lambda waiting: -waiting.count)
