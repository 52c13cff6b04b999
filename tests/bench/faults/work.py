"""A service that works while something breaks: one person raises concerns, several processes sweep."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.bench.faults.result import FIRED, STEPS_A_CONCERN
from tests.live.orders import Act, Orders
from tests.live.service import Service
from tests.live.waiting import LONG, wait_until

UNSENT = "channel = 'email' AND state IN ('queued', 'sending')"
SEED = 2417
REPEAT_AFTER = 9 * 3600
"""Seconds after which the last rung repeats: not while anybody looks."""


@dataclass
class Raising:
    """Somebody who raises one concern after another, with a receipt for each."""

    act: Act

    def receipts(self) -> dict[str, float]:
        """For each receipt its key, and how many seconds it took."""
        return {key: float(waited) for key, waited in (line.split() for line in self.act.printed_lines())}


@dataclass
class Work:
    """A service whose workshop raises, sweeps, and has its sweepers killed or given wrong clocks."""

    service: Service
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    @property
    def workshop(self) -> Orders:
        return self.service.workshop

    def begin_raising(self, count: int, pause: float = 0) -> Raising:
        return Raising(self.workshop.begin("keep_raising", count, pause))

    def raise_now(self, count: int) -> dict[str, float]:
        return self.begin_raising(count).receipts()

    @contextmanager
    def sweeping(self, count: int) -> Iterator[None]:
        """Run so many sweepers while the block lasts, then kill them."""
        self.workshop.sweep(count)
        try:
            yield
        finally:
            self.workshop.sweep(0)

    def kill_one(self) -> bool:
        """Kill one sweeper, as a power cut would. Says whether there was one to kill."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(self.chance.choice(self.workshop.sweepers()), signal.SIGKILL)
            return True
        return False

    def is_quiet(self, concerns: int) -> bool:
        """Whether every step that fell due has fired, and no message waits."""
        return (
            self.service.count("concerns_escalationstep", FIRED) >= STEPS_A_CONCERN * concerns
            and self.service.count("alerts_alert", UNSENT) == 0
        )

    def wait_until_quiet(self, concerns: int) -> None:
        wait_until(lambda: self.is_quiet(concerns), LONG, "everything fired and sent", every=0.25)

    def finish(self, concerns: int, *, hurried: bool) -> None:
        """Wait until all is quiet. The leases of killed senders are waited for, or ended at once if hurried."""
        if hurried:
            self.service.end_leases()
        with self.sweeping(2):
            self.wait_until_quiet(concerns)


def start_work(service: Service, apart: float = 1) -> Work:
    """Start the work on rungs so many seconds apart. The last rung does not repeat during the test."""
    service.script("set_ladder", apart, REPEAT_AFTER)
    return Work(service)
