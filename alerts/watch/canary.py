"""The canary: every so often a message goes the whole way to a mailbox of the service's own, and is waited for."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from accounts.models import User
from alerts.message.models import Alert, Channel, Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from alerts.watch.heartbeat import beat
from core.references import unused_reference

CANARY = "canary"
"""The heartbeat of the last canary that arrived, and what its messages are filed under."""

WITHIN = timedelta(minutes=25)
"""Two are sent in this time; one must have been handed over. A single lost one is no alarm."""


@transaction.atomic
def send_canary(*, at: datetime) -> bool:
    """Queue one message like any urgent one; whether the service keeps a canary at all."""
    if not settings.CANARY_ADDRESS:
        return False
    queue_alert(
        key=f"{CANARY}:{at:%Y%m%d%H%M%S}",
        to=[canary(at)],
        urgency=Urgency.URGENT,
        wording=Wording.REHEARSAL,
        link="/",
        at=at,
        channels=(Channel.EMAIL,),
    )
    nudge()
    return True


def canary(at: datetime) -> User:
    """An account that holds no role and can sign in by no means: only an address to write to."""
    known: User | None = User.objects.filter(email__iexact=settings.CANARY_ADDRESS).first()
    if known is not None:
        return known
    made = User(
        reference=unused_reference(User, "U"),
        email=settings.CANARY_ADDRESS,
        full_name="Canary, the service's own",
        first_name="Canary",
        joined_at=at,
    )
    made.set_unusable_password()
    made.save()
    EmailAddress.objects.filter(user=made).delete()
    return made


def silent_canary(*, at: datetime) -> list[str]:
    """What the watcher says of the canary: nothing if one arrived lately, or if none is kept."""
    if not settings.CANARY_ADDRESS:
        return []
    sent = Alert.objects.filter(key__startswith=f"{CANARY}:", state=Alert.State.SENT, sent_at__gt=at - WITHIN)
    latest = sent.order_by("-sent_at").first()
    if latest is None or latest.sent_at is None:
        return ["no canary has been delivered for twenty-five minutes"]
    beat(CANARY, at=latest.sent_at)
    return []
