"""The inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from alerts.leave.operations import plan_leave
from alerts.message.models import Alert, Channel, Urgency, Wording
from alerts.outbox.operations import queue_alert
from alerts.pause.operations import pause_sending
from alerts.receipt.models import Bounce
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from tests.table import Page, acts, everybody, who
from tests.world import World


def an_alert_to_ann(world: World) -> list[Any]:
    raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="He has a second telephone.",
        by=world.ben,
        at=world.now,
    )
    return [Alert.objects.filter(recipient=world.ann, channel=Channel.INBOX).latest("pk").pk]


LOOKS_AFTER = ("coordinator", "coordinator elsewhere", "manager", "technician")


def bens_bounce(world: World) -> list[Any]:
    return [Bounce.objects.create(person=world.ben, channel=Channel.EMAIL, address=world.ben.email, at=world.now).pk]


ACCOUNTS = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead", "technician")


def reference_of_ann(world: World) -> list[Any]:
    return [world.ann.reference]


def anns_leave(world: World) -> list[Any]:
    ends_at = timezone.now() + timedelta(days=1)
    planned = plan_leave(world.ann, starts_at=world.now, ends_at=ends_at, deputy=None, by=world.ann, at=world.now)
    return [planned.pk]


def a_pause(world: World) -> list[Any]:
    queue_alert(
        key="waits",
        to=[world.ann],
        urgency=Urgency.URGENT,
        wording=Wording.SOMETHING_NEEDS_YOU,
        link="/",
        at=world.now,
    )
    pause_sending(at=world.now)
    return []


def more_waiting(world: World) -> None:
    for name in ("pat", "hana"):
        queue_alert(
            key=f"more:{name}",
            to=[world.people[name]],
            urgency=Urgency.URGENT,
            wording=Wording.SOMETHING_NEEDS_YOU,
            link="/",
            at=world.now,
        )


PAGES = [
    Page(
        "alerts:pause",
        of=a_pause,
        opens=who("manager", "technician", otherwise=403),
        queries=8,
        grows=more_waiting,
    ),
    Page("alerts:pause", of=a_pause, opens=who("manager", "technician", otherwise=403), posts=lambda world: {}),
    Page("alerts:inbox", opens=everybody(), queries=5, grows=an_alert_to_ann, counts_as="coordinator"),
    Page("alerts:follow", of=an_alert_to_ann, opens=who("coordinator"), posts=lambda world: {}),
    Page("alerts:mobile", opens=everybody(), queries=6),
    Page("alerts:mobile_code", opens=everybody(), queries=6),
    Page("alerts:mobile_remove", opens=everybody(), posts=lambda world: {}),
    Page("alerts:hours", opens=everybody(), queries=6),
    Page("alerts:leave", opens=everybody(), queries=5, counts_as="coordinator"),
    Page("alerts:plan_leave", of=reference_of_ann, opens=acts("coordinator", "manager", see=ACCOUNTS)),
    Page("alerts:cancel_leave", of=anns_leave, opens=who("coordinator", "manager"), posts=lambda world: {}),
    Page("alerts:unreached", opens=who(*LOOKS_AFTER, otherwise=403), queries=6, counts_as="manager"),
    Page(
        "alerts:again",
        of=bens_bounce,
        opens=who("coordinator", "coordinator elsewhere", "manager", "technician"),
        posts=lambda world: {},
    ),
    Page("alerts:receipt_of_text", opens=everybody(404, nobody=404), posts=lambda world: {}, axe=False),
    Page("alerts:receipt_of_mail", opens=everybody(404, nobody=404), posts=lambda world: {}, axe=False),
]
