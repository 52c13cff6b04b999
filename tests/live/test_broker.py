"""Redis only wakes the workers: nothing is lost with two workers, an empty broker or no broker."""

from __future__ import annotations

import json
import time

import pytest
import redis

from tests.live.service import SWEEP, Service
from tests.live.waiting import wait_until

pytestmark = pytest.mark.live

HALF_AN_HOUR = 30 * 60
REMINDERS = "side = 'charity' AND round = 1 AND rung = 1 AND fired_at IS NOT NULL"
REMINDED = "what LIKE 'Told: the coordinator, again%'"


def ring(service: Service, times: int) -> None:
    for _ in range(times):
        service.broker.send_task(SWEEP, ignore_result=True)


def sweeps_of(service: Service) -> list[int]:
    """The number of sweeps that each worker has begun."""
    told = service.broker.control.inspect(timeout=2).stats() or {}
    return [stats["total"].get(SWEEP, 0) for stats in told.values()]


def test_e01_two_real_workers_starting_together_fire_once_and_send_once(service: Service) -> None:
    """Fifteen reminders are due, a dozen rings wait in Redis, and two workers start at the same moment."""
    service.letterbox.takes = 0.05
    service.script("raise_worries", 15, HALF_AN_HOUR)
    ring(service, 12)
    service.start("worker")
    service.start("second worker", "worker")
    wait_until(lambda: len(service.letterbox.ids) >= 45, 40, "every mail")
    wait_until(lambda: service.count("alerts_alert", "state <> 'sent'") == 0, 10, "every mail noted")
    service.wait_for_workers(2)
    wait_until(lambda: len(sweeps_of(service)) == 2 and min(sweeps_of(service)) > 0, 10, "both workers swept")
    assert len(set(service.letterbox.ids)) == len(service.letterbox.ids) == 45
    assert service.count("concerns_escalationstep", REMINDERS) == 15
    assert service.count("concerns_concernevent", REMINDED) == 15
    assert service.count("alerts_attempt", "outcome = 'started'") == 45


def test_e05_nothing_in_the_broker_has_a_time_or_says_anything(service: Service) -> None:
    """With no worker up, the doorbell's rings can be read: no due time, no words, and gone once swept."""
    service.script("raise_worries", 3)
    client = redis.Redis.from_url(service.at.redis_url)
    waiting = [json.loads(each) for each in client.lrange("celery", 0, -1)]
    assert waiting
    for ringing in waiting:
        assert ringing["headers"]["task"] == SWEEP
        assert (ringing["headers"]["eta"], ringing["headers"]["expires"]) == (None, None)
        assert (ringing["headers"]["argsrepr"], ringing["headers"]["kwargsrepr"]) == ("()", "{}")
    service.start("worker")
    wait_until(lambda: client.llen("celery") == 0 and client.hlen("unacked") == 0, 30, "the broker is empty")
    assert len(service.letterbox.ids) == 6


def test_e04_redis_emptied_then_gone_while_steps_fall_due_loses_nothing(service: Service) -> None:
    for name in ("web", "worker", "clock"):
        service.start(name)
    client = redis.Redis.from_url(service.at.redis_url)
    service.wait_for_workers(1)
    service.script("raise_worries", 5)
    client.flushall()
    wait_until(lambda: len(service.letterbox.ids) == 10, 20, "after Redis was emptied")
    service.wait_for_web()
    kill_redis(client)
    gone = time.monotonic()
    assert service.raise_over_http().endswith("/receipt/")
    assert time.monotonic() - gone < 15
    assert service.run_due() == "0 steps fired"
    assert len(service.letterbox.ids) == 12
    service.script("raise_worries", 5, HALF_AN_HOUR + 3 * 60)
    assert service.count("concerns_escalationstep", REMINDERS) == 0
    service.start_redis()
    wait_until(lambda: len(service.letterbox.ids) == 27, 40, "after Redis came back")
    assert service.count("concerns_escalationstep", REMINDERS) == 5
    assert service.count("concerns_concernevent", f"{REMINDED} AND detail = '3 minutes late.'") == 5
    assert len(set(service.letterbox.ids)) == 27


def kill_redis(client: redis.Redis) -> None:
    """Stop Redis without saving. The connection that asks for it breaks."""
    try:
        client.shutdown(nosave=True)
    except redis.ConnectionError:
        return
