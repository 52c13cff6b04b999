"""Queue alerts, send those that are due, try again, and give up with an error in the log."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import User
from alerts.hours.operations import preferences_of, sending_hour_of
from alerts.message.failures import Permanent, ServiceRefused, Temporary
from alerts.message.models import Alert, Attempt, Channel, Urgency, Wording
from alerts.message.wording import message_of
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
"""The channels of each urgency. A telephone rings only for what cannot wait."""


FOLDS_AHEAD = timedelta(minutes=2)
"""A message stands for those that fold and are due so soon after it."""


def queue_alert(
    *,
    key: str,
    to: Iterable[User],
    urgency: Urgency,
    wording: Wording,
    link: str,
    at: datetime,
    about: int | None = None,
    channels: tuple[Channel, ...] | None = None,
) -> None:
    """Write one alert for each person and channel, in the caller's transaction. The same key is queued only once.

    An inbox alert is delivered as soon as it is a row. `link` is where the inbox leads; it is never sent. Without
    `channels`, those of the urgency are used. `about` is the key of the core member it is about: whoever his wall
    keeps out is not told (settings.ALERT_WALL).
    """
    alerts, people = [], import_string(settings.ALERT_WALL)(about, list(to))
    preferences = preferences_of(people)
    known = set(Alert.objects.filter(key=key).values_list("recipient", "channel"))
    for person in people:
        for channel in channels or CHANNELS[urgency]:
            reaches = channel not in TRANSPORTS or TRANSPORTS[channel].reaches(person)
            if (person.pk, channel.value) in known or not reaches:
                continue
            hour = sending_hour_of(preferences[person.pk], channel=channel, urgency=urgency, wording=wording, at=at)
            if hour is None:
                continue
            known.add((person.pk, channel.value))
            alerts.append(
                Alert(
                    key=key,
                    recipient=person,
                    channel=channel,
                    urgency=urgency,
                    wording=wording,
                    link=link,
                    queued_at=at,
                    next_attempt_at=hour.at,
                    sent_at=at if channel == Channel.INBOX else None,
                    state=Alert.State.SENT if channel == Channel.INBOX else Alert.State.QUEUED,
                    in_quiet_hours=hour.in_quiet_hours,
                    folds=hour.folds,
                )
            )
    Alert.objects.bulk_create(alerts, ignore_conflicts=True)


@transaction.atomic
def stop_alerts(key_prefix: str, *, at: datetime, why: str = "no longer needed") -> int:
    """Stop alerts that have not been sent. Returns how many.

    A message that is being handed over at this moment cannot be stopped, but it is not tried again.
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
            record_outcome(alert, Alert.State.STOPPED, at=at, outcome=Attempt.Outcome.STOPPED, detail=why)
            stopped += 1
    return stopped


def send_due(*, at: datetime, limit: int = 2000, budget: float | None = None) -> int:
    """Send every alert whose time has come, each outside any transaction. Returns how many were sent.

    What is beyond `limit`, or beyond `budget` seconds, stays due. Any number of senders may run at once.
    Each alert is leased just before it is sent, so that no lease runs out behind a slow provider. A channel whose
    provider refuses us is left alone until the next sweep: it would refuse every message.
    """
    sent = tried = 0
    refused: set[str] = set()
    after = SendingPause.objects.began_at()
    started = time.monotonic()
    while tried < limit and (budget is None or time.monotonic() - started < budget):
        leased = lease_due_alerts(at=at, most=1, without=refused, after=after)
        if not leased:
            break
        tried += 1
        try:
            sent += send_alert(leased[0], at=at)
        except ServiceRefused:
            refused.add(leased[0].channel)
        except Exception:
            # It keeps its lease, so a later sweep takes it; one bad alert must not hold up the others.
            logger.exception("alert neither sent nor given up", extra={"alert": leased[0].pk})
    if sent:
        end_trouble(at=at)
    return sent


@transaction.atomic
def lease_due_alerts(
    *, at: datetime, most: int, without: Collection[str] = (), after: datetime | None = None
) -> list[Alert]:
    """Lease up to `most` due alerts, and record the start of a try before it is made.

    `without` names channels to leave out. With `after`, only alerts queued after that moment are taken.
    """
    due = Alert.objects.due(at).select_for_update(skip_locked=True, of=("self",)).select_related("recipient")
    if without:
        due = due.exclude(channel__in=without)
    if after is not None:
        due = due.filter(queued_at__gt=after)
    leased = []
    for alert in due.order_by("next_attempt_at", "pk")[:most]:
        if alert.attempts and _may_have_been_sent(alert):
            alert.possible_repeat = True
        alert.state, alert.lease, alert.lease_until = Alert.State.SENDING, uuid.uuid4(), at + LEASE
        alert.attempts += 1
        alert.save(update_fields=["state", "lease", "lease_until", "attempts", "possible_repeat"])
        detail = "possible repeat" if alert.possible_repeat else ""
        Attempt.objects.create(alert=alert, at=at, outcome=Attempt.Outcome.STARTED, detail=detail)
        leased.append(alert)
    return leased


def _may_have_been_sent(alert: Alert) -> bool:
    """Whether the last try has no recorded end, so that its message may have been sent."""
    latest = Attempt.objects.filter(alert=alert).order_by("-pk").first()
    return latest is not None and latest.outcome == Attempt.Outcome.STARTED


def send_alert(alert: Alert, *, at: datetime) -> bool:
    """Send one leased alert and record what happened. Returns whether it was sent.

    Raises ServiceRefused, after recording it, when the provider refuses us and not the recipient.
    """
    held = Alert.objects.filter(pk=alert.pk, lease=alert.lease, stop_asked_at=None)
    can_sign_in = held.values_list("recipient__is_active", flat=True).first()
    if can_sign_in is None:
        return _end_try(alert, Alert.State.STOPPED, Attempt.Outcome.STOPPED, at=at, detail="no longer needed")
    if not can_sign_in:
        return _end_try(alert, Alert.State.FAILED, Attempt.Outcome.PERMANENT, at=at, detail="can no longer sign in")
    words = message_of(Wording(alert.wording), Urgency(alert.urgency))
    transport = TRANSPORTS[alert.channel]
    try:
        alert.sent_to = hash_of_address(alert.channel, transport.address(alert.recipient))
        provider_id = transport.send(alert, words)
    except Permanent as failure:
        logger.error("alert failed for good", extra={"alert": alert.pk, "why": str(failure)})
        return _end_try(alert, Alert.State.FAILED, Attempt.Outcome.PERMANENT, at=at, detail=str(failure))
    except ServiceRefused as failure:
        note_trouble(alert.channel, str(failure), at=at)
        put_off(alert, str(failure), at=at)
        raise
    except Temporary as failure:
        return put_off(alert, str(failure), at=at)
    except Exception as failure:
        logger.exception("a way to send is broken", extra={"alert": alert.pk})
        return put_off(alert, type(failure).__name__, at=at)
    return _end_try(alert, Alert.State.SENT, Attempt.Outcome.SENT, at=at, provider_id=provider_id)


def _fold_others(alert: Alert, *, at: datetime) -> None:
    """Stop what folds and is due for the same person by the same channel: the message just sent stands for it."""
    others = Alert.objects.filter(recipient=alert.recipient_id, channel=alert.channel, folds=True)
    soon = others.filter(state=Alert.State.QUEUED, next_attempt_at__lte=at + FOLDS_AHEAD)
    others = soon.exclude(pk=alert.pk).select_for_update(skip_locked=True)
    for other in others:
        record_outcome(other, Alert.State.STOPPED, at=at, outcome=Attempt.Outcome.STOPPED, detail="told in one message")


def put_off(alert: Alert, why: str, *, at: datetime) -> bool:
    """Try again after a while, longer each time. A day after the first try, give up with an error in the log.

    Nothing is given up while the provider takes no message at all from us: then no address is at fault.
    """
    if at - alert.queued_at > GIVE_UP_AFTER and _was_tried_for_a_day(alert, at) and _provider_takes_others(alert):
        logger.error("alert given up", extra={"alert": alert.pk, "why": why})
        return _end_try(alert, Alert.State.FAILED, Attempt.Outcome.PERMANENT, at=at, detail=f"given up: {why}")
    alert.next_attempt_at = at + BACK_OFF[min(alert.attempts, len(BACK_OFF)) - 1]
    return _end_try(alert, Alert.State.QUEUED, Attempt.Outcome.TEMPORARY, at=at, detail=why)


def _was_tried_for_a_day(alert: Alert, at: datetime) -> bool:
    """Whether its first try was a day ago. The time that it waited for its hour does not count."""
    first = Attempt.objects.filter(alert=alert, outcome=Attempt.Outcome.STARTED).order_by("pk").first()
    return first is not None and at - first.at > GIVE_UP_AFTER


def _provider_takes_others(alert: Alert) -> bool:
    """Whether any message went out by this channel since the alert was queued: then only this one fails."""
    return (
        not refuses_us(alert.channel)
        or Alert.objects.filter(channel=alert.channel, state=Alert.State.SENT, sent_at__gt=alert.queued_at).exists()
    )


@transaction.atomic
def _end_try(
    alert: Alert,
    state: Alert.State,
    outcome: Attempt.Outcome,
    *,
    at: datetime,
    detail: str = "",
    provider_id: str = "",
) -> bool:
    """Record the end of a try, unless the lease ran out and another sender has the alert. Returns whether it was sent."""
    held = Alert.objects.select_for_update().filter(pk=alert.pk, lease=alert.lease).first()
    if held is None:
        logger.warning("lease lost while sending", extra={"alert": alert.pk})
        return False
    if state == Alert.State.QUEUED and held.stop_asked_at is not None:
        state, outcome, detail = Alert.State.STOPPED, Attempt.Outcome.STOPPED, f"no longer needed; {detail}"
    held.next_attempt_at, held.provider_id = alert.next_attempt_at, provider_id[:200]
    held.sent_to = alert.sent_to
    record_outcome(held, state, at=at, outcome=outcome, detail=detail)
    if state == Alert.State.SENT and held.folds:
        _fold_others(held, at=at)
    return state == Alert.State.SENT


def record_outcome(alert: Alert, state: Alert.State, *, at: datetime, outcome: Attempt.Outcome, detail: str) -> None:
    """Write an alert's new state and the outcome of its try."""
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
    """Mark an inbox alert as opened, and those of this person that lead to the same place. That acknowledges nothing."""
    own = Alert.objects.visible_to(by)
    own.inbox().filter(link=alert.link, read_at=None, queued_at__lte=at).update(read_at=at)
    return own.get(pk=alert.pk)
