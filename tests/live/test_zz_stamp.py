"""Redis is a doorbell, not a memory: two workers, an empty broker, no broker."""

from __future__ import annotations

import json
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis

from embedded.servers import start_redis, wait_for_redis
from tests.live.service import SWEEP, Service, until

pytestmark = pytest.mark.live

HALF_AN_HOUR = 30 * 60
REMINDERS = "side = 'charity' AND round = 1 AND rung = 1 AND fired_at IS NOT NULL"
REMINDED = "what LIKE 'Told: the coordinator, again%'"


def ring(service: Service, times: int) -> None:
    for _ in range(times):
        service.broker.send_task(SWEEP, ignore_result=True)


def sweeps_of(service: Service) -> list[int]:
    """How many sweeps each worker has begun."""
    told = service.broker.control.inspect(timeout=2).stats() or {}
    return [stats["total"].get(SWEEP, 0) for stats in told.values()]


def test_e04_redis_emptied_then_gone_while_steps_fall_due_loses_nothing(service: Service, tmp_path: Path) -> None:
    T0=time.monotonic()
    for name in ("web", "worker", "clock"):
        service.start(name)
        print(round(time.monotonic()-T0,1), 'service.start(name)', flush=True)
    client = redis.Redis.from_url(service.redis_url)
    print(round(time.monotonic()-T0,1), 'client = redis.Redis.from_url(service.redis_url)', flush=True)
    service.wait_for_workers(1)
    print(round(time.monotonic()-T0,1), 'service.wait_for_workers(1)', flush=True)
    service.script("worries", 5)
    print(round(time.monotonic()-T0,1), 'service.script("worries", 5)', flush=True)
    client.flushall()
    print(round(time.monotonic()-T0,1), 'client.flushall()', flush=True)
    until(lambda: len(service.letterbox.ids) == 10, 20, "after Redis was emptied")
    print(round(time.monotonic()-T0,1), 'until(lambda: len(service.letterbox.ids) == 10, 20', flush=True)
    port = urlsplit(service.redis_url).port or 0
    service.wait_for_web()
    print(round(time.monotonic()-T0,1), 'service.wait_for_web()', flush=True)
    kill_redis(client)
    print(round(time.monotonic()-T0,1), 'kill_redis(client)', flush=True)
    gone = time.monotonic()
    assert service.raise_over_http().endswith("/receipt/")
    assert time.monotonic() - gone < 15
    assert service.run_due() == "0 steps fired"
    assert len(service.letterbox.ids) == 12
    service.script("worries", 5, HALF_AN_HOUR + 3 * 60)
    print(round(time.monotonic()-T0,1), 'service.script("worries", 5, HALF_AN_HOUR + 3 * 60', flush=True)
    assert service.count("concerns_escalationstep", REMINDERS) == 0
    back = start_redis(tmp_path / "redis", port)
    print(round(time.monotonic()-T0,1), 'back = start_redis(tmp_path / "redis", port)', flush=True)
    try:
        wait_for_redis(service.redis_url)
        print(round(time.monotonic()-T0,1), 'wait_for_redis(service.redis_url)', flush=True)
        until(lambda: len(service.letterbox.ids) == 27, 40, "after Redis came back")
        print(round(time.monotonic()-T0,1), 'until(lambda: len(service.letterbox.ids) == 27, 40', flush=True)
        assert service.count("concerns_escalationstep", REMINDERS) == 5
        assert service.count("concerns_concernevent", f"{REMINDED} AND detail = '3 minutes late.'") == 5
        assert len(set(service.letterbox.ids)) == 27
    finally:
        back.terminate()
        print(round(time.monotonic()-T0,1), 'back.terminate()', flush=True)
        back.wait(timeout=5)
        print(round(time.monotonic()-T0,1), 'back.wait(timeout=5)', flush=True)


def kill_redis(client: redis.Redis) -> None:
    """Redis goes without saving; the connection breaks under the question."""
    try:
        client.shutdown(nosave=True)
    except redis.ConnectionError:
        return
