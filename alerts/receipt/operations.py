"""Records what the provider says about a message: it arrived, or it came back."""

from __future__ import annotations

import http.client
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from accounts.models import User
from accounts.operations import record_act
from alerts.message.failures import Permanent
from alerts.message.models import Alert, Attempt, Channel, Urgency
from alerts.message.notify import Notify, is_set_up
from alerts.message.nudge import nudge
from alerts.outbox.address import hash_of_address
from alerts.outbox.operations import CHANNELS, record_outcome
from alerts.outbox.transports import TRANSPORTS
from alerts.outbox.unreached import failed_alerts
from alerts.receipt.models import Bounce

logger = logging.getLogger(__name__)

ASK_AFTER = timedelta(minutes=5)
ASK_FOR = timedelta(days=3)
ASK_MOST = 50
"""How many texts Notify is asked about in one run, the latest first."""

CAME_BACK = {"permanent-failure", "temporary-failure", "technical-failure"}
"""Notify's words for a text that will not arrive. Only the first means that the number is wrong."""
FAILURES_SHOW_FOR = timedelta(days=1)

MARK = Concat("channel", Value(" "), "address", output_field=TextField())
MARKS = ArraySubquery(Bounce.objects.filter(person=OuterRef("pk")).values(mark=MARK))
"""For a query of people: the addresses of theirs that are marked, each after its channel."""


@transaction.atomic
def record_arrival(provider_id: str, *, at: datetime) -> bool:
    """Record that a message arrived, and remove a mark on its address. Returns whether we know the message."""
    alert = _lock_alert_sent_as(provider_id)
    if alert is None:
        return False
    if alert.state == Alert.State.SENT and alert.delivered_at is None:
        alert.delivered_at = at
        alert.save(update_fields=["delivered_at"])
        Attempt.objects.create(alert=alert, at=at, outcome=Attempt.Outcome.DELIVERED)
        for bounce in Bounce.objects.filter(person=alert.recipient, channel=alert.channel):
            if hash_of_address(bounce.channel, bounce.address) == alert.sent_to:
                bounce.delete()
    return True


@transaction.atomic
def record_return(provider_id: str, *, at: datetime, why: str, for_good: bool = True) -> bool:
    """Record that a message will not arrive. Returns whether we know the message.

    The alert fails, so that the next sweep goes on to other people. If it is `for_good`, the address is marked.
    """
    alert = _lock_alert_sent_as(provider_id)
    if alert is None:
        return False
    if alert.state == Alert.State.SENT:
        alert.delivered_at = None
        alert.save(update_fields=["delivered_at"])
        record_outcome(alert, Alert.State.FAILED, at=at, outcome=Attempt.Outcome.BOUNCED, detail=why)
        if for_good:
            _mark_address(alert, at=at)
        logger.error("a message came back", extra={"alert": alert.pk, "why": why})
        nudge()
    return True


def is_being_sent(channel: Channel) -> bool:
    """Whether a message of this channel is being sent now, so that a receipt may come before our own record."""
    return Alert.objects.filter(channel=channel, state=Alert.State.SENDING).exists()


def _lock_alert_sent_as(provider_id: str) -> Alert | None:
    """Lock and return the alert that a provider knows under this id."""
    if not provider_id:
        return None
    alerts = Alert.objects.select_for_update(of=("self",)).select_related("recipient")
    return alerts.filter(provider_id=provider_id).exclude(channel=Channel.INBOX).order_by("pk").first()


def _mark_address(alert: Alert, *, at: datetime) -> None:
    """Mark the address that an alert went to, if the person still has it. A newer address is not marked."""
    try:
        address = TRANSPORTS[alert.channel].address(alert.recipient)
    except Permanent:
        return
    if hash_of_address(alert.channel, address) != alert.sent_to:
        return
    Bounce.objects.get_or_create(person=alert.recipient, channel=alert.channel, address=address, defaults={"at": at})


@transaction.atomic
def try_address_again(bounce: Bounce, *, by: User, at: datetime) -> None:
    """Remove a mark, after somebody has spoken to the person and the address is good."""
    if not Bounce.objects.visible_to(by).filter(pk=bounce.pk).exists():
        raise PermissionDenied("You may not change how this person is reached. Ask a manager.")
    Bounce.objects.filter(pk=bounce.pk).delete()
    record_act("altered", bounce.person, by=by, at=at, note=f"address good again: {bounce.channel}")


def poll_texts(*, at: datetime) -> int:
    """Ask Notify about texts it took and has not reported on. Returns about how many it has news."""
    if not is_set_up():
        return 0
    silent = Alert.objects.filter(
        channel=Channel.TEXT,
        state=Alert.State.SENT,
        delivered_at=None,
        sent_at__gt=at - ASK_FOR,
        sent_at__lte=at - ASK_AFTER,
    ).exclude(provider_id="")
    notify, known = Notify(), 0
    for provider_id in silent.order_by("-sent_at").values_list("provider_id", flat=True)[:ASK_MOST]:
        try:
            known += record_text_status(provider_id, notify.status_of(provider_id), at=at)
        except (OSError, http.client.HTTPException, ValueError, KeyError) as failure:
            logger.warning("Notify did not say what became of a text", extra={"failure": type(failure).__name__})
            break
    return known


def record_text_status(provider_id: str, status: str, *, at: datetime) -> bool:
    """Record Notify's status of a text. Returns whether it is news of a text that we know."""
    if status == "delivered":
        return record_arrival(provider_id, at=at)
    if status in CAME_BACK:
        return record_return(provider_id, at=at, why=f"Notify {status}", for_good=status == "permanent-failure")
    return False


def reachable_people(people: Iterable[User], urgency: Urgency) -> list[User]:
    """The people whom some channel of this urgency reaches, besides the inbox, at an address that is not marked."""
    people = list(people)
    marks: dict[int, list[str]] = {}
    for person, mark in Bounce.objects.filter(person__in=people).annotate(mark=MARK).values_list("person", "mark"):
        marks.setdefault(person, []).append(mark)
    return [person for person in people if is_reachable(person, urgency, marks.get(person.pk, ()))]


def is_reachable(person: User, urgency: Urgency, marks: Iterable[str]) -> bool:
    """Whether some channel of this urgency reaches this person, besides the inbox. `marks` are theirs, as MARKS says."""
    ways = [(channel, TRANSPORTS[channel]) for channel in CHANNELS[urgency] if channel in TRANSPORTS]
    return any(way.reaches(person) and f"{channel} {way.address(person)}" not in marks for channel, way in ways)


def unreachable_people(people: QuerySet[User], *, at: datetime) -> list[User]:
    """The people whom nothing reaches: every address is marked, or all messages of the last day failed."""
    failures = failed_alerts(since=at - FAILURES_SHOW_FOR).filter(recipient=OuterRef("pk"))
    asked = people.filter(is_active=True).annotate(has_failures=Exists(failures), marks=MARKS)
    found = asked.filter(Q(has_failures=True) | Q(pk__in=Bounce.objects.values("person")))
    return [
        person
        for person in found.order_by("full_name", "pk")
        if person.has_failures or not is_reachable(person, Urgency.IMMEDIATE, person.marks)
    ]


def deliveries_of(key_prefix: str) -> QuerySet[Alert]:
    """Every alert whose key begins like this, with its tries and its recipient, in order."""
    tries = Prefetch("tries", queryset=Attempt.objects.order_by("at", "pk"))
    alerts = Alert.objects.filter(key__startswith=key_prefix).select_related("recipient").prefetch_related(tries)
    return alerts.order_by("queued_at", "pk")
