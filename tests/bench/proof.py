"""The long proof against faults: every fault in turn. Prints the figures and writes docs/proof.md (`make bench`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.bench.faults.clock_jumps import SWEEPERS, move_clocks
from tests.bench.faults.clocks_apart import run_clocks_apart
from tests.bench.faults.database import restart_under_load
from tests.bench.faults.kills import kill_sweepers
from tests.bench.faults.redis_server import break_redis
from tests.bench.faults.report import proof_page
from tests.bench.faults.result import FaultResult
from tests.bench.faults.smtp import TROUBLES, break_smtp
from tests.live.conftest import prepared, service  # noqa: F401 - fixtures
from tests.live.service import ROOT, Service

PAGE = ROOT / "docs" / "proof.md"
KILLS = 100
ONE_IN = 100
"""A repeat in so many messages, at most."""

os.environ["LIVE_SMTP_TIMEOUT"] = "10"

Fault = Callable[[Service], FaultResult]

FAULTS: dict[str, tuple[Fault, int | None]] = {
    "kills": (lambda s: kill_sweepers(s, kills=KILLS, concerns=160, pause=0.5, hurried=False), KILLS),
    "clocks": (lambda s: run_clocks_apart(s, concerns=20), 0),
    "stepped": (lambda s: move_clocks(s, concerns=15, pause=0.5, every=3), SWEEPERS),
    "redis": (lambda s: break_redis(s, concerns=3), 0),
    "postgresql": (lambda s: restart_under_load(s, restarts=4, concerns=50, pause=0.2, hurried=False), None),
    **{
        f"smtp {name}": (lambda s, name=name: break_smtp(s, [name], concerns=2, hurried=False), 0)  # type: ignore[misc]
        for name in TROUBLES
    },
}
"""Each with how many repeats it excuses; None: as many as were in the middle of a send when it struck."""


@pytest.fixture(scope="module")
def tolls() -> Iterator[list[FaultResult]]:
    """All the figures. They are written to docs/proof.md at the end if every fault was proved."""
    gathered: list[FaultResult] = []
    yield gathered
    paper = proof_page(gathered)
    print(f"\n\n{paper}")
    if len(gathered) == len(FAULTS):
        PAGE.write_text(paper)


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_and_nothing_is_done_twice(fault: str, service: Service, tolls: list[FaultResult]) -> None:  # noqa: F811
    breaks, excused = FAULTS[fault]
    toll = breaks(service)
    toll.prove(repeats_at_most=toll.begun_without_end if excused is None else excused)
    tolls.append(toll)


def test_repeats_are_at_most_one_message_in_a_hundred_whatever_broke(tolls: list[FaultResult]) -> None:
    assert tolls
    assert [toll for toll in tolls if toll.repeats * ONE_IN > toll.messages] == []
