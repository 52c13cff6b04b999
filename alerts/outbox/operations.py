"""Queue, lease, send, give up loudly."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from alerts.hours.operations import hour_for, preferences_of
from alerts.message.failures import Permanent, ServiceRefused, Temporary
from alerts.message.models import Alert, Attempt, Channel, Urgency, Wording
from alerts.message.wording import message
from alerts.outbox.address import hash_of_address
from alerts.outbox.transports import TRANSPORTS
from alerts.outbox.trouble import end_trouble, note_trouble, refuses_us
from alerts.pause.models import SendingPause

logger = logging.getLogger(__name__)


LEASE = timedelta(minutes=2)


BACK_OFF = [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15)]


GIVE_UP_AFTER = timedelta(hours=24)


CHANNELS = {
    Urgency.ROUTINE: (Channel.INBOX, Channel.EMAIL),
    Urgency.URGENT: (Channel.INBOX, Channel.EMAIL, Channel.TEXT),
    Urgency.IMMEDIATE: (Channel.INBOX, Channel.EMAIL, Channel.TEXT),
}
"""By which ways: a telephone sounds only for what cannot wait."""


FOLDS_AHEAD = timedelta(minutes=2)
"""What folds and would go out so soon after a message is told by it."""


@transaction.atomic
def queue_alert(
    *,
    key: str,
    to: Iterable[User],
    urgency: Urgency,
    wording: Wording,
    link: str,
    at: datetime,
    channels: tuple[Channel, ...] | None = None,
) -> None:
    """Write one alert a person and channel, in the caller's transaction; queuing twice is queuing once.

    An inbox alert is delivered by being a row. `link` is where the inbox leads and never leaves the
    building. Without `channels`, those of the urgency.
    """
    wanted, people = [], list(to)
    preferences = preferences_of(people)
    known = set(Alert.objects.filter(key=key).values_list("recipient", "channel"))
    for person in people:
        for channel in channels or CHANNELS[urgency]:
            reaches = channel not in TRANSPORTS or TRANSPORTS[channel].reaches(person)
            if (person.pk, channel.value) in known or not reaches:
                continue
            hour = hour_for(preferences[person.pk], channel=channel, urgency=urgency, wording=wording, at=at)
            if hour is None:
                continue
            in_inbox = channel == Channel.INBOX
            known.add((person.pk, channel.value))
            wanted.append(
                Alert(
                    key=key,
                    recipient=person,
                    channel=channel,
                    urgency=urgency,
                    wording=wording,
                    link=link,
                    queued_at=at,
                    next_attempt_at=hour.at,
                    sent_at=at if in_inbox else None,
                    state=Alert.State.SENT if in_inbox else Alert.State.QUEUED,
                    in_quiet_hours=hour.in_quiet_hours,
                    folds=hour.folds,
                )
            )
    Alert.objects.bulk_create(wanted, ignore_conflicts=True)


@transaction.atomic
def stop_alerts(key_prefix: str, *, at: datetime, why: str = "no longer needed") -> int:
    """Stop what has not been sent; the number stopped.

    A message being handed over at this moment is past stopping, but will not be tried again.
    """
    waiting = Alert.objects.select_for_update().filter(
        key__startswith=key_prefix, state__in=[Alert.State.QUEUED, Alert.State.SENDING]
    )
    stopped = 0
    for alert in waiting.order_by("pk"):
        if alert.state == Alert.State.SENDING:
            alert.stop_asked_at = at
            alert.save(update_fields=["stop_asked_at"])
        else:
            settle(alert, Alert.State.STOPPED, at=at, outcome=Attempt.Outcome.STOPPED, detail=why)
            stopped += 1
    return stopped


def send_due(*, at: datetime, limit: int = 2000, budget: float | None = None) -> int:
    """Send every alert whose time has come, each outside any transaction; the number sent.

    What is beyond `limit`, or beyond `budget` seconds, stays due. Any number of senders may run at once.
    Each alert is leased just before it is sent: a slow provider lets no lease run out in a queue. A channel
    whose provider refuses us is left alone until the next sweep: it would refuse everybody's message.
    """
    sent = tried = 0
    refused: set[str] = set()
    after = SendingPause.objects.began_at()
    started = time.monotonic()
    while tried < limit and (budget is None or time.monotonic() - started < budget):
        leased = lease_due(at=at, most=1, without=refused, after=after)
        if not leased:
            break
        tried += 1
        try:
            sent += deliver(leased[0], at=at)
        except ServiceRefused:
            refused.add(leased[0].channel)
        except Exception:
            # It keeps its lease, so a later sweep takes it; one bad alert must not hold up the others.
            logger.exception("alert neither sent nor given up", extra={"alert": leased[0].pk})
    if sent:
        end_trouble(at=at)
    return sent


@transaction.atomic
def lease_due(*, at: datetime, most: int, without: Collection[str] = (), after: datetime | None = None) -> list[Alert]:
    """Take up to `most` due alerts for a while, and write down that a try begins, before it does.

    `without` names channels that are left alone; `after` leaves alone what was queued until then.
    """
    due = Alert.objects.due(at).select_for_update(skip_locked=True, of=("self",)).select_related("recipient")
    if without:
        due = due.exclude(channel__in=without)
    if after is not None:
        due = due.filter(queued_at__gt=after)
    leased = []
    for alert in due.order_by("next_attempt_at", "pk")[:most]:
        if alert.attempts and never_ended(alert):
            alert.possible_repeat = True
        alert.state, alert.lease, alert.lease_until = Alert.State.SENDING, uuid.uuid4(), at + LEASE
        alert.attempts += 1
        alert.save(update_fields=["state", "lease", "lease_until", "attempts", "possible_repeat"])
        detail = "possible repeat" if alert.possible_repeat else ""
        Attempt.objects.create(alert=alert, at=at, outcome=Attempt.Outcome.STARTED, detail=detail)
        leased.append(alert)
    return leased


def never_ended(alert: Alert) -> bool:
    """Whether what became of the last try was never written down: its message may have gone."""
    latest = Attempt.objects.filter(alert=alert).order_by("-pk").first()
    return latest is not None and latest.outcome == Attempt.Outcome.STARTED


def deliver(alert: Alert, *, at: datetime) -> bool:
    """Send one leased alert and record what happened; whether it was sent.

    Raises ServiceRefused, after recording it, when the provider refuses us and not the recipient.
    """
    held = Alert.objects.filter(pk=alert.pk, lease=alert.lease, stop_asked_at=None)
    signs_in = held.values_list("recipient__is_active", flat=True).first()
    if signs_in is None:
        return conclude(alert, Alert.State.STOPPED, Attempt.Outcome.STOPPED, at=at, detail="no longer needed")
    if not signs_in:
        return conclude(alert, Alert.State.FAILED, Attempt.Outcome.PERMANENT, at=at, detail="can no longer sign in")
    words = message(Wording(alert.wording), Urgency(alert.urgency))
    transport = TRANSPORTS[alert.channel]
    try:
        alert.sent_to = hash_of_address(alert.channel, transport.address(alert.recipient))
        provider_id = transport.send(alert, words)
    except Permanent as failure:
        logger.error("alert failed for good", extra={"alert": alert.pk, "why": str(failure)})
        return conclude(alert, Alert.State.FAILED, Attempt.Outcome.PERMANENT, at=at, detail=str(failure))
    except ServiceRefused as failure:
        note_trouble(alert.channel, str(failure), at=at)
        put_off(alert, str(failure), at=at)
        raise
    except Temporary as failure:
        return put_off(alert, str(failure), at=at)
    except Exception as failure:
        logger.exception("a way to send is broken", extra={"alert": alert.pk})
        return put_off(alert, type(failure).__name__, at=at)
    return conclude(alert, Alert.State.SENT, Attempt.Outcome.SENT, at=at, provider_id=provider_id)


def fold(alert: Alert, *, at: datetime) -> None:
    """Let a message that was sent stand for everything that folds and is due for the same person by the same way."""
    others = Alert.objects.filter(recipient=alert.recipient_id, channel=alert.channel, folds=True)
    soon = others.filter(state=Alert.State.QUEUED, next_attempt_at__lte=at + FOLDS_AHEAD)
    others = soon.exclude(pk=alert.pk).select_for_update(skip_locked=True)
    for other in others:
        settle(other, Alert.State.STOPPED, at=at, outcome=Attempt.Outcome.STOPPED, detail="told in one message")


def put_off(alert: Alert, why: str, *, at: datetime) -> bool:
    """Try again after a while, longer each time; a day after the first try give up loudly.

    Nothing is given up while the provider takes nothing from us at all: no address is at fault then.
    """
    if at - alert.queued_at > GIVE_UP_AFTER and was_tried_for_a_day(alert, at) and provider_takes_others(alert):
        logger.error("alert given up", extra={"alert": alert.pk, "why": why})
        return conclude(alert, Alert.State.FAILED, Attempt.Outcome.PERMANENT, at=at, detail=f"given up: {why}")
    alert.next_attempt_at = at + BACK_OFF[min(alert.attempts, len(BACK_OFF)) - 1]
    return conclude(alert, Alert.State.QUEUED, Attempt.Outcome.TEMPORARY, at=at, detail=why)


def was_tried_for_a_day(alert: Alert, at: datetime) -> bool:
    """Whether its first try lies a day back; what waited for its hour is not given up for having waited."""
    first = Attempt.objects.filter(alert=alert, outcome=Attempt.Outcome.STARTED).order_by("pk").first()
    return first is not None and at - first.at > GIVE_UP_AFTER


def provider_takes_others(alert: Alert) -> bool:
    """Whether anything went out by this way since the alert was first tried: then it is this one that cannot."""
    return (
        not refuses_us(alert.channel)
        or Alert.objects.filter(channel=alert.channel, state=Alert.State.SENT, sent_at__gt=alert.queued_at).exists()
    )


@transaction.atomic
def conclude(
    alert: Alert,
    state: Alert.State,
    outcome: Attempt.Outcome,
    *,
    at: datetime,
    detail: str = "",
    provider_id: str = "",
) -> bool:
    """Record the end of a try, unless the lease ran out meanwhile and another sender has it."""
    held = Alert.objects.select_for_update().filter(pk=alert.pk, lease=alert.lease).first()
    if held is None:
        logger.warning("lease lost while sending", extra={"alert": alert.pk})
        return False
    if state == Alert.State.QUEUED and held.stop_asked_at is not None:
        state, outcome, detail = Alert.State.STOPPED, Attempt.Outcome.STOPPED, f"no longer needed; {detail}"
    held.next_attempt_at, held.provider_id = alert.next_attempt_at, provider_id[:200]
    held.sent_to = alert.sent_to
    settle(held, state, at=at, outcome=outcome, detail=detail)
    if state == Alert.State.SENT and held.folds:
        fold(held, at=at)
    return state == Alert.State.SENT


def settle(alert: Alert, state: Alert.State, *, at: datetime, outcome: Attempt.Outcome, detail: str) -> None:
    """Write the state, with what belongs to it, and the try's outcome."""
    alert.state = state
    alert.lease = alert.lease_until = None
    alert.sent_at = at if state == Alert.State.SENT else None
    alert.failed_at = at if state == Alert.State.FAILED else None
    alert.save(
        update_fields=[
            "state",
            "lease",
            "lease_until",
            "sent_at",
            "failed_at",
            "next_attempt_at",
            "provider_id",
            "sent_to",
        ]
    )
    Attempt.objects.create(alert=alert, at=at, outcome=outcome, detail=detail[:200])


@transaction.atomic
def read_alert(alert: Alert, *, by: User, at: datetime) -> Alert:
    """Mark an inbox alert as opened. Opening acknowledges nothing."""
    alert = Alert.objects.visible_to(by).select_for_update().get(pk=alert.pk)
    if alert.read_at is None:
        alert.read_at = at
        alert.save(update_fields=["read_at"])
    return alert
