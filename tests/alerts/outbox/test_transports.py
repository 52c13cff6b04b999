"""Real SMTP, kind and unkind: what is accepted, put off, given up, and never waited for too long."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from celery import current_app

from alerts.message.models import Alert, Attempt, Channel, Urgency, Wording
from alerts.message.nudge import ask_worker
from alerts.outbox.operations import queue_alert, send_due
from alerts.outbox.unreached import stuck_alerts
from tests.world import World

Server = Callable[..., "Letterbox"]


class Letterbox:
    """An SMTP handler that answers every message with one line and keeps those it accepts."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.letters: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.letters.append(envelope.content)
        return self.answer


@pytest.fixture
def smtp(settings: Any) -> Iterator[Server]:
    """Starts an SMTP server with a given answer and sends the service's mail there."""
    running: list[Controller] = []

    def start(answer: str = "250 OK") -> Letterbox:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        box = Letterbox(answer)
        controller = Controller(box, hostname="127.0.0.1", port=port)
        controller.start()
        running.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        return box

    yield start
    for controller in running:
        controller.stop()


def mail_to_ann(world: World) -> Alert:
    queue_alert(
        key="test", to=[world.ann], urgency=Urgency.URGENT, wording=Wording.SOMETHING_NEEDS_YOU, link="/", at=world.now
    )
    return Alert.objects.get(key="test", channel=Channel.EMAIL)


def outcomes(alert: Alert) -> list[str]:
    return list(Attempt.objects.filter(alert=alert).order_by("pk").values_list("outcome", flat=True))


def test_queuing_twice_is_queuing_once(world: World) -> None:
    mail_to_ann(world)
    mail_to_ann(world)
    assert Alert.objects.filter(key="test").count() == 2
    assert set(Alert.objects.filter(key="test").values_list("channel", flat=True)) == {"inbox", "email"}


def test_a_message_accepted_is_sent_once_with_its_own_id(world: World, smtp: Server) -> None:
    box, alert = smtp(), mail_to_ann(world)
    assert send_due(at=world.now) == 1
    assert send_due(at=world.now + timedelta(hours=1)) == 0
    assert len(box.letters) == 1
    assert alert.message_id.encode() in box.letters[0]
    alert.refresh_from_db()
    assert (alert.state, alert.sent_at) == (Alert.State.SENT, world.now)
    assert outcomes(alert) == ["started", "sent"]


def test_e26_a_refusal_for_now_is_tried_again_later_and_later(world: World, smtp: Server) -> None:
    smtp("451 try later")
    alert = mail_to_ann(world)
    at, waits = world.now, []
    for _ in range(5):
        send_due(at=at)
        alert.refresh_from_db()
        waits.append(alert.next_attempt_at - at)
        at = alert.next_attempt_at
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [0.5, 2, 5, 15, 15]
    assert alert.state == Alert.State.QUEUED


def test_a_refusal_for_now_becomes_sent_when_the_server_is_well_again(world: World, smtp: Server) -> None:
    box = smtp("451 try later")
    mail_to_ann(world)
    send_due(at=world.now)
    box.answer = "250 OK"
    assert send_due(at=world.now + timedelta(seconds=29)) == 0
    assert send_due(at=world.now + timedelta(seconds=30)) == 1


def test_a_refusal_for_good_fails_at_once_and_is_not_tried_again(world: World, smtp: Server) -> None:
    smtp("550 no such mailbox")
    alert = mail_to_ann(world)
    send_due(at=world.now)
    alert.refresh_from_db()
    assert (alert.state, alert.failed_at) == (Alert.State.FAILED, world.now)
    assert send_due(at=world.now + timedelta(days=2)) == 0


def test_e26_after_a_day_of_refusals_it_is_given_up_loudly(world: World, smtp: Server) -> None:
    smtp("451 try later")
    alert = mail_to_ann(world)
    send_due(at=world.now)
    send_due(at=world.now + timedelta(hours=24))
    alert.refresh_from_db()
    assert alert.state == Alert.State.QUEUED
    send_due(at=world.now + timedelta(hours=24, minutes=15))
    alert.refresh_from_db()
    assert alert.state == Alert.State.FAILED
    assert alert.tries.order_by("-pk")[0].detail == "given up: SMTP 451"


def test_nobody_listening_is_only_for_now(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    alert = mail_to_ann(world)
    send_due(at=world.now)
    alert.refresh_from_db()
    assert (alert.state, outcomes(alert)) == (Alert.State.QUEUED, ["started", "temporary"])


def test_an_alert_due_for_a_quarter_of_an_hour_is_told_to_the_watcher(world: World) -> None:
    mail_to_ann(world)
    assert not stuck_alerts(at=world.now + timedelta(minutes=14)).exists()
    assert stuck_alerts(at=world.now + timedelta(minutes=16)).count() == 1


def test_a_broker_that_is_not_there_does_not_hold_the_page_up() -> None:
    began = time.monotonic()
    ask_worker()
    assert time.monotonic() - began < 3


def test_a_broker_that_accepts_and_says_nothing_does_not_hold_the_page_up_for_long() -> None:
    """The fault that blocked for a minute when tried: accept the connection, then silence."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)
        kept = current_app.conf.broker_url
        current_app.conf.broker_url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        try:
            ask_worker()
        finally:
            current_app.conf.broker_url = kept
        assert time.monotonic() - began < 6
