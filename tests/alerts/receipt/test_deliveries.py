"""The delivery log of a concern: who was told by what, and whether it arrived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from alerts.message.models import Urgency, Wording
from alerts.outbox.operations import queue_alert
from alerts.watch.heartbeat import record_heartbeat
from concerns.watch.sweep import CHECKER, sweep
from tests.alerts.mobile.test_texts import ANNS, has_mobile
from tests.alerts.receipt.test_receipts import status_of_text_receipt
from tests.concerns.engine.raising import worry
from tests.notify_server import notify_server
from tests.world import World

As = Callable[[User], Client]
MINUTE = timedelta(minutes=1)


def test_the_delivery_log_says_who_was_told_by_what_and_whether_it_arrived(world: World, as_person: As) -> None:
    has_mobile(world.ann)
    with notify_server() as notify:
        concern = worry(world)
        sweep(at=world.now)
        status_of_text_receipt(notify, "delivered")
    page = as_person(world.hana).get(f"/concerns/{concern.reference}/deliveries/").content.decode()
    for words in (
        "Ann Farrowby",
        "Esi Okafor",
        "Text message",
        "Arrived",
        "Accepted by the provider",
        "Not opened yet",
    ):
        assert words in page, words
    assert ANNS not in page
    assert "example.org" not in page.split("<main")[1].split("</main>")[0]


def test_the_delivery_log_tells_the_agencies_no_volunteers_surname(world: World, as_person: As) -> None:
    concern = worry(world)
    queue_alert(
        key=f"{concern.reference}:news:x",
        to=[world.ben],
        urgency=Urgency.ROUTINE,
        wording=Wording.THERE_IS_NEWS,
        link="/",
        at=world.now,
    )
    page = as_person(world.esi).get(f"/concerns/{concern.reference}/deliveries/").content.decode()
    assert "Ben" in page
    assert "Ashby" not in page


def test_the_delivery_log_costs_no_more_for_more_messages(world: World, as_person: As) -> None:
    concern, hana = worry(world), as_person(world.hana)
    address = f"/concerns/{concern.reference}/deliveries/"
    counts = []
    for hours in (0, 3):
        sweep(at=world.now + timedelta(hours=hours))
        record_heartbeat(CHECKER, at=world.now)
        hana.get(address)
        with CaptureQueriesContext(connection) as captured:
            hana.get(address)
        counts.append(len(captured))
    assert counts[1] <= counts[0]
