"""Each fault of `make bench` once, in short. docs/proof.md has the figures of the long runs."""

from __future__ import annotations

import pytest

from tests.bench.faults.clock_jumps import SWEEPERS, move_clocks
from tests.bench.faults.clocks_apart import run_clocks_apart
from tests.bench.faults.database import restart_under_load
from tests.bench.faults.kills import kill_sweepers
from tests.bench.faults.redis_server import break_redis
from tests.bench.faults.smtp import TROUBLES, break_smtp
from tests.live.service import Service

pytestmark = pytest.mark.live


def test_six_kills_lose_nothing_and_double_nothing(service: Service) -> None:
    kill_sweepers(service, kills=6, concerns=5, pause=0.1, hurried=True).prove(repeats_at_most=6)


def test_four_clocks_at_once_that_disagree_do_everything_once(service: Service) -> None:
    run_clocks_apart(service, concerns=4).prove(repeats_at_most=0)


def test_a_clock_set_back_and_forward_loses_nothing(service: Service) -> None:
    move_clocks(service, concerns=6, pause=0.2, every=0.8).prove(repeats_at_most=SWEEPERS)


def test_redis_emptied_hung_killed_and_absent_loses_nothing(service: Service) -> None:
    break_redis(service, concerns=1).prove(repeats_at_most=0)


def test_postgresql_stopped_and_crashed_under_load_gives_no_false_receipt(service: Service) -> None:
    toll = restart_under_load(service, restarts=2, concerns=5, pause=0.3, hurried=True)
    toll.prove(repeats_at_most=toll.begun_without_end)


def test_smtp_gone_hanging_putting_off_and_refusing_loses_nothing(service: Service) -> None:
    break_smtp(service, list(TROUBLES), concerns=1, hurried=True).prove(repeats_at_most=0)
