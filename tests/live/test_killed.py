"""Processes are killed before a send, after it, and in the middle of their work."""

from __future__ import annotations

import pytest

from tests.live.service import Service
from tests.live.waiting import wait_until

pytestmark = pytest.mark.live

HALF_AN_HOUR = 30 * 60
REMINDERS = "side = 'charity' AND round = 1 AND rung = 1 AND fired_at IS NOT NULL"
UNSENT = "channel = 'email' AND state <> 'sent'"


def killed_run_due(service: Service, *, after: bool) -> None:
    """Run the timer's command. The SMTP server kills it before its first message is sent, or after it was accepted."""
    doing = service.workshop.begin("run_due")
    service.letterbox.kills_before, service.letterbox.kills_after = (0, doing.pid) if after else (doing.pid, 0)
    assert doing.exit_code == -9


def test_e02_killed_after_the_claim_before_the_send_it_is_sent_later_once(service: Service) -> None:
    service.script("raise_worries", 1)
    killed_run_due(service, after=False)
    assert service.letterbox.ids == []
    assert service.count("alerts_alert", "state = 'sending'") == 1
    service.script("run_due")
    assert len(service.letterbox.ids) == 1
    service.end_leases()
    service.script("run_due")
    assert sorted(service.letterbox.names) == ["ann", "esi"]
    assert service.count("alerts_alert", UNSENT) == 0


def test_e03_killed_after_the_send_before_the_note_it_is_a_possible_repeat_under_the_same_id(
    service: Service,
) -> None:
    service.script("raise_worries", 1)
    killed_run_due(service, after=True)
    assert len(service.letterbox.ids) == 1
    service.end_leases()
    service.script("run_due")
    assert len(service.letterbox.ids) == 3
    assert len(set(service.letterbox.ids)) == 2
    assert service.count("alerts_alert", "possible_repeat AND state = 'sent'") == 1
    assert service.count("alerts_attempt", "detail = 'possible repeat'") == 1


def test_workers_killed_again_and_again_lose_nothing(service: Service) -> None:
    """Twenty reminders fall due; a worker is killed while firing, the next while sending, and a third ends it."""
    service.letterbox.takes = 0.02
    service.script("raise_worries", 20, HALF_AN_HOUR)
    service.start("clock")
    service.start("worker")
    wait_until(lambda: service.count("concerns_escalationstep", REMINDERS) > 4, 30, "firing begins", every=0.01)
    service.kill("worker")
    service.end_leases()
    sent = len(service.letterbox.ids)
    service.start("worker")
    wait_until(lambda: len(service.letterbox.ids) > max(sent, 15), 30, "sending goes on", every=0.01)
    service.kill("worker")
    assert service.count("alerts_alert", UNSENT) > 0
    service.end_leases()
    service.start("worker")
    wait_until(lambda: service.count("alerts_alert", UNSENT) == 0, 30, "everything sent")
    assert service.count("concerns_escalationstep", REMINDERS) == 20
    assert service.count("concerns_concernevent", "what LIKE 'Told: the coordinator, again%'") == 20
    assert len(set(service.letterbox.ids)) == 60
    assert len(service.letterbox.ids) - 60 <= 2
    assert service.count("alerts_alert", "possible_repeat") <= 2
