"""What became of a message after the provider took it: it arrived, or it came back."""

from __future__ import annotations

import http.client
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.operations import record_act
from alerts.message.failures import Permanent
from alerts.message.models import Alert, Attempt, Channel, Urgency
from alerts.message.notify import Notify, is_set_up
from alerts.message.nudge import nudge
from alerts.outbox.address import hash_of_address
from alerts.outbox.operations import CHANNELS, settle
from alerts.outbox.transports import TRANSPORTS
from alerts.outbox.unreached import unreached
from alerts.receipt.models import Bounce

logger = logging.getLogger(__name__)

ASK_AFTER = timedelta(minutes=5)
ASK_FOR = timedelta(days=3)
ASK_MOST = 50
"""How many texts are asked after in one turn, the latest first."""

CAME_BACK = {"permanent-failure", "temporary-failure", "technical-failure"}
"""Notify's words for a text that will not arrive; only the first says that the number is no good."""
FAILURES_SHOW_FOR = timedelta(days=1)


@transaction.atomic
def arrived(provider_id: str, *, at: datetime) -> bool:
    """The provider says that a message arrived; whether we know of it. A mark on the address is taken off."""
    alert = taken(provider_id)
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
def came_back(provider_id: str, *, at: datetime, why: str, for_good: bool = True) -> bool:
    """The provider says that a message will not arrive; whether we know of it.

    The alert has failed, so that the next sweep goes on to other people; for good, the address is marked.
    """
    alert = taken(provider_id)
    if alert is None:
        return False
    if alert.state == Alert.State.SENT:
        alert.delivered_at = None
        alert.save(update_fields=["delivered_at"])
        settle(alert, Alert.State.FAILED, at=at, outcome=Attempt.Outcome.BOUNCED, detail=why)
        if for_good:
            mark(alert, at=at)
        logger.error("a message came back", extra={"alert": alert.pk, "why": why})
        nudge()
    return True


def is_being_sent(channel: Channel) -> bool:
    """Whether a message of this channel is on its way just now, so that a receipt may be ahead of our own note."""
    return Alert.objects.filter(channel=channel, state=Alert.State.SENDING).exists()


def taken(provider_id: str) -> Alert | None:
    """The alert a provider knows under this id, locked."""
    if not provider_id:
        return None
    alerts = Alert.objects.select_for_update(of=("self",)).select_related("recipient")
    return alerts.filter(provider_id=provider_id).exclude(channel=Channel.INBOX).order_by("pk").first()


def mark(alert: Alert, *, at: datetime) -> None:
    """Mark the address it went to, if it is still the person's: a new address is not marked for an old one."""
    try:
        address = TRANSPORTS[alert.channel].address(alert.recipient)
    except Permanent:
        return
    if hash_of_address(alert.channel, address) != alert.sent_to:
        return
    Bounce.objects.get_or_create(person=alert.recipient, channel=alert.channel, address=address, defaults={"at": at})


@transaction.atomic
def try_address_again(bounce: Bounce, *, by: User, at: datetime) -> None:
    """Take a mark off: somebody has spoken to the person, and the address is good."""
    if not Bounce.objects.visible_to(by).filter(pk=bounce.pk).exists():
        raise PermissionDenied("You may not change how this person is reached. Ask a manager.")
    Bounce.objects.filter(pk=bounce.pk).delete()
    record_act("altered", bounce.person, by=by, at=at, note=f"address good again: {bounce.channel}")


def poll_texts(*, at: datetime) -> int:
    """Ask Notify after texts it took and said nothing of since; how many are now known."""
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
            known += learn(provider_id, notify.status_of(provider_id), at=at)
        except (OSError, http.client.HTTPException, ValueError, KeyError) as failure:
            logger.warning("Notify did not say what became of a text", extra={"failure": type(failure).__name__})
            break
    return known


def learn(provider_id: str, status: str, *, at: datetime) -> bool:
    """What Notify's word for a text means; whether that is news of a text of ours."""
    if status == "delivered":
        return arrived(provider_id, at=at)
    if status in CAME_BACK:
        return came_back(provider_id, at=at, why=f"Notify {status}", for_good=status == "permanent-failure")
    return False


def reachable(people: Iterable[User], urgency: Urgency) -> list[User]:
    """Those with a way outside the inbox, for this urgency, that is not marked."""
    people = list(people)
    marked = set(Bounce.objects.filter(person__in=people).values_list("person", "channel", "address"))
    ways = [(channel, TRANSPORTS[channel]) for channel in CHANNELS[urgency] if channel in TRANSPORTS]
    return [
        person
        for person in people
        if any(way.reaches(person) and (person.pk, channel, way.address(person)) not in marked for channel, way in ways)
    ]


def unreachable(people: QuerySet[User], *, at: datetime) -> list[User]:
    """Of these people, those whom nothing reaches: every way is marked, or all of a day's messages to them failed."""
    marked = list(people.filter(is_active=True, pk__in=Bounce.objects.values("person")))
    told = {person.pk for person in reachable(marked, Urgency.IMMEDIATE)}
    failed = {missed.person.pk for missed in unreached(since=at - FAILURES_SHOW_FOR)}
    cut_off = {person.pk for person in marked} - told | failed
    return list(people.filter(is_active=True, pk__in=cut_off).order_by("full_name", "pk")) if cut_off else []


def deliveries(key_prefix: str) -> QuerySet[Alert]:
    """Everything queued under a key, with its tries: who was told, by what, when, with what result."""
    tries = Prefetch("tries", queryset=Attempt.objects.order_by("at", "pk"))
    found = Alert.objects.filter(key__startswith=key_prefix).select_related("recipient").prefetch_related(tries)
    return found.order_by("queued_at", "pk")
