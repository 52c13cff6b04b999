"""The canary: a message that the service sends to its own mailbox every few minutes, to see that sending works."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from accounts.models import User
from alerts.message.models import Alert, Channel, Urgency, Wording
from alerts.message.nudge import nudge
from alerts.outbox.operations import queue_alert
from alerts.watch.heartbeat import record_heartbeat
from core.references import unused_reference

CANARY = "canary"
"""The name of the heartbeat of the last canary that was delivered, and the start of its alerts' keys."""

WITHIN = timedelta(minutes=25)
"""Two are sent in this time, and one must be handed over. One lost canary is no alarm."""


@transaction.atomic
def send_canary(*, at: datetime) -> bool:
    """Queue one canary like any urgent message. Returns False where no canary address is configured."""
    if not settings.CANARY_ADDRESS:
        return False
    queue_alert(
        key=f"{CANARY}:{at:%Y%m%d%H%M%S}",
        to=[_canary_user(at)],
        urgency=Urgency.URGENT,
        wording=Wording.REHEARSAL,
        link="/",
        at=at,
        channels=(Channel.EMAIL,),
    )
    nudge()
    return True


def _canary_user(at: datetime) -> User:
    """The canary's account, made at the first use. It has no role and cannot sign in."""
    known: User | None = User.objects.filter(email__iexact=settings.CANARY_ADDRESS).first()
    if known is not None:
        return known
    user = User(
        reference=unused_reference(User, "U"),
        email=settings.CANARY_ADDRESS,
        full_name="Canary, the service's own",
        first_name="Canary",
        joined_at=at,
    )
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.filter(user=user).delete()
    return user


def canary_sentences(*, at: datetime) -> list[str]:
    """A sentence for the watcher if no canary was delivered lately."""
    if not settings.CANARY_ADDRESS:
        return []
    sent = Alert.objects.filter(key__startswith=f"{CANARY}:", state=Alert.State.SENT, sent_at__gt=at - WITHIN)
    latest = sent.order_by("-sent_at").first()
    if latest is None or latest.sent_at is None:
        return ["no canary has been delivered for twenty-five minutes"]
    record_heartbeat(CANARY, at=latest.sent_at)
    return []
