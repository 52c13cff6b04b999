"""What cannot be delivered, what cannot be fired, and who notices."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection

from accounts.access import Role
from accounts.operations import suspend_person
from alerts.message.failures import Temporary
from alerts.message.models import Alert, Channel, Heartbeat, Urgency, Wording
from alerts.message.wording import message_of
from alerts.outbox.operations import LEASE, lease_due_alerts, put_off, send_due
from alerts.outbox.transports import TRANSPORTS
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.handling.promise_operations import acknowledge_concern
from concerns.queue.models import Queue
from concerns.tasks import watch
from concerns.watch.reconcile import ping
from concerns.watch.sweep import sweep
from embedded.servers import free_port
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.owner import do_as_administrator
from tests.smtp_server import letterbox
from tests.world import World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def email_of(concern: Concern, name: str) -> Alert:
    return Alert.objects.get(
        key__startswith=concern.reference, channel=Channel.EMAIL, recipient__email=f"{name}@example.org"
    )


# --- A message that will never arrive fires the next rung at once ------------------------------------------


def test_e26_esis_address_refused_for_good_tells_the_duty_desk_in_the_same_sweep(world: World) -> None:
    concern = worry(world)
    with letterbox(esi="550 No such mailbox") as box:
        sweep(at=world.now)
    assert sorted(box.names) == ["ann", "ivor", "oz"]
    assert email_of_first_rung(concern, world).state == Alert.State.FAILED
    assert "A message could not be delivered. Going on at once. To Esi Okafor." in story(concern)
    assert pending(concern, Side.CHARITY).due_at == world.now + 30 * MINUTE


def email_of_first_rung(concern: Concern, world: World) -> Alert:
    return Alert.objects.get(key=f"{concern.reference}:agency:1:0", channel=Channel.EMAIL, recipient=world.esi)


def test_e26_with_every_address_dead_the_ladder_runs_to_its_end_once_and_keeps_the_repeats_time(world: World) -> None:
    concern = worry(world)
    names = ["ann", "hana", "fay", "kit", "esi", "oz", "ivor"]
    with letterbox(**dict.fromkeys(names, "550 No")) as box:
        sweep(at=world.now)
        for side in Side:
            assert (pending(concern, side).round, pending(concern, side).due_at) == (2, world.now + HOUR)
        fired = EscalationStep.objects.filter(concern=concern, fired_at__isnull=False).count()
        sweep(at=world.now + MINUTE)
        assert EscalationStep.objects.filter(concern=concern, fired_at__isnull=False).count() == fired == 8
        assert box.names == []


def test_a_message_put_off_for_now_hastens_nothing(world: World) -> None:
    concern = worry(world)
    with letterbox(esi="451 Try later") as box:
        sweep(at=world.now)
        assert box.names == ["ann"]
        box.refuses.clear()
        sweep(at=world.now + MINUTE)
    assert box.names == ["ann", "esi"]
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]


def test_a_failure_hastens_nothing_once_somebody_has_it(world: World) -> None:
    concern = worry(world)
    with letterbox(esi="550 No") as box:
        send_due(at=world.now)
        acknowledge_concern(concern, until=world.now + HOUR, by=world.oz, at=world.now)
        sweep(at=world.now)
    assert box.names == ["ann"]
    assert pending(concern, Side.AGENCY).due_at == world.now + HOUR


def test_e10_somebody_suspended_between_the_plan_and_the_send_is_passed_over_at_once(world: World) -> None:
    concern = worry(world)
    suspend_person(world.esi, by=world.hana, at=world.now)
    sweep(at=world.now)
    assert sorted(message.to[0] for message in mail.outbox) == ["ann@example.org", "ivor@example.org", "oz@example.org"]
    assert email_of_first_rung(concern, world).state == Alert.State.FAILED


# --- Once stopped, nothing is tried again -------------------------------------------------------------------


def test_e06_an_alert_claimed_by_a_dead_worker_is_not_sent_after_the_acknowledgement(world: World) -> None:
    concern = worry(world)
    lease_due_alerts(at=world.now, most=50)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now + MINUTE)
    send_due(at=world.now + LEASE)
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    assert email_of(concern, "esi").state == Alert.State.STOPPED


def test_e06_a_message_put_off_while_it_is_acknowledged_is_not_tried_again(world: World) -> None:
    """The provider says "later" to a message that was on its way when Esi took the concern on."""
    concern = worry(world)
    with letterbox(esi="451 Later") as box:
        leased = {alert.recipient_id: alert for alert in lease_due_alerts(at=world.now, most=50)}
        on_its_way = leased[world.esi.pk]
        with pytest.raises(Temporary):
            TRANSPORTS[Channel.EMAIL].send(on_its_way, message_of(Wording.SOMETHING_NEEDS_YOU, Urgency.URGENT))
        acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
        put_off(on_its_way, "SMTP 451", at=world.now)
        assert email_of(concern, "esi").state == Alert.State.STOPPED
        box.refuses.clear()
        send_due(at=world.now + LEASE)
    assert box.names == ["ann"]


def test_e06_the_stopped_alert_says_why(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    assert [attempt.detail for attempt in email_of(concern, "esi").tries.all()] == ["stopped by an acknowledgement"]


# --- One bad row holds up no other -------------------------------------------------------------------------


def test_a_concern_that_cannot_be_fired_is_loud_and_holds_up_no_other(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    broken = worry(world, Level.IMMEDIATE)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        do_as_administrator("ALTER TABLE concerns_concern DROP CONSTRAINT concern_level_known")
        cursor.execute("UPDATE concerns_concern SET level = 'nonsense' WHERE id = %s", [broken.pk])
    sound = worry(world)
    with caplog.at_level(logging.ERROR):
        fire_due_concerns(at=world.now + 30 * MINUTE)
    assert people_mailed(sound, Side.CHARITY) == ["Ann", "Ann"]
    assert "a due step could not be fired" in caplog.text
    assert pending(broken, Side.CHARITY).due_at < world.now + 30 * MINUTE


def test_a_message_that_breaks_the_sender_is_put_off_and_holds_up_no_other(world: World) -> None:
    concern = worry(world)
    world.ann.email = "ann\n@example.org"
    world.ann.save()
    send_due(at=world.now)
    assert [message.to for message in mail.outbox] == [["esi@example.org"]]
    broken = Alert.objects.get(key__startswith=concern.reference, channel=Channel.EMAIL, recipient=world.ann)
    assert broken.state == Alert.State.QUEUED
    assert broken.next_attempt_at > world.now


def test_the_promiser_who_has_left_the_team_is_not_told_what_they_may_not_open(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    world.esi.groups.remove(*world.queue.teams())
    fire_due_concerns(at=world.now + HOUR)
    assert set(people_mailed(concern, Side.AGENCY)[1:]) == {"Oz", "Ivor"}


# --- Who notices --------------------------------------------------------------------------------------------


@contextmanager
def dead_mans_switch(status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """A server outside that waits for knocks: its address, and the knocks it had."""
    knocks: list[str] = []

    class Switch(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            knocks.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Switch)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/waymark", knocks
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def staff_norfolk(world: World) -> None:
    """Lou works the Norfolk queue alone, which the watcher rightly complains of: Max joins, who coordinates MAPPA there."""
    world.max.groups.add(*world.norfolk.teams(), Group.objects.get(name=Role.MAPPA_COORDINATOR.value))
    Queue.objects.filter(pk=world.norfolk.pk).update(team_manager=world.lou)


def test_e29_the_watcher_knocks_outside_while_every_promise_holds(world: World, settings: object) -> None:
    staff_norfolk(world)
    with dead_mans_switch() as (address, knocks):
        settings.DEAD_MAN_URL = address  # type: ignore[attr-defined]
        assert watch() == 0
        assert knocks == ["/waymark"]
    assert Heartbeat.objects.get(pk="watch").detail == "0 problems"


def test_e29_the_watcher_is_silent_when_a_step_is_overdue(world: World, settings: object) -> None:
    staff_norfolk(world)
    worry(world, at=world.now - 2 * HOUR)
    with dead_mans_switch() as (address, knocks):
        settings.DEAD_MAN_URL = address  # type: ignore[attr-defined]
        assert watch() > 0
        assert knocks == []


def test_the_watcher_without_an_address_knocks_nowhere(world: World) -> None:
    staff_norfolk(world)
    assert watch() == 0


def test_a_switch_that_refuses_or_is_gone_breaks_nothing() -> None:
    with dead_mans_switch(status=500) as (address, _):
        assert ping(address) is False
    assert ping(f"http://127.0.0.1:{free_port()}/") is False
    assert ping("no address at all") is False
