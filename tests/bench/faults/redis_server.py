"""A fault: Redis is emptied, hangs, is killed, is away, and comes back. Redis only wakes the worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import redis

from tests.bench.faults.result import FaultResult, count_result
from tests.bench.faults.work import start_work
from tests.live.service import Service
from tests.live.waiting import wait_until

IN_TIME = 30.0
"""Seconds a receipt may take while the doorbell hangs: its knock gives up after some."""


def break_redis(service: Service, *, concerns: int) -> FaultResult:
    """Run a Celery worker and a clock whose Redis fails in four ways. While it is gone, the timer's sweep works on."""
    receipts: dict[str, float] = {}
    service.start("worker")
    service.start("clock")
    work = start_work(service, apart=0.3)
    service.wait_for_workers(1)
    for fault, timers in ((_empty_redis, 0), (_hang_redis, 1), (_replace_redis, 1), (_leave_celery_alone, 0)):
        with fault(service), work.sweeping(timers):
            receipts |= work.raise_now(concerns)
            work.wait_until_quiet(len(receipts))
    toll = count_result("Redis emptied, hung, killed, absent, and back", service, receipts, breaks=4)
    assert toll.longest_wait < IN_TIME, toll
    return toll


@contextmanager
def _leave_celery_alone(service: Service) -> Iterator[None]:
    """Redis works again, and Celery works alone."""
    yield


@contextmanager
def _empty_redis(service: Service) -> Iterator[None]:
    """Everything in Redis is deleted, while messages wait and while they are taken."""
    client = redis.Redis.from_url(service.at.redis_url)
    client.flushall()
    yield
    client.flushall()


@contextmanager
def _hang_redis(service: Service) -> Iterator[None]:
    """Redis accepts connections and never answers."""
    pid = _pid_of(service)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
    wait_until(_answers(service), 30, "Redis goes on")


@contextmanager
def _replace_redis(service: Service) -> Iterator[None]:
    """Redis is killed and stays away. Then another one starts, empty, at the same port."""
    os.kill(_pid_of(service), signal.SIGKILL)
    yield
    service.start_redis()


def _pid_of(service: Service) -> int:
    return int(redis.Redis.from_url(service.at.redis_url).info("server")["process_id"])


def _answers(service: Service) -> Callable[[], bool]:
    client = redis.Redis.from_url(service.at.redis_url, socket_timeout=1)

    def asked() -> bool:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False

    return asked
