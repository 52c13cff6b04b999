"""A service at work while something breaks: somebody raises, several sweep, and at the end all is quiet."""

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
        """Each receipt's key, and how long it was waited for."""
        return {key: float(waited) for key, waited in (line.split() for line in self.act.told())}


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
        """So many sweepers while the block lasts; ended with no goodbye."""
        self.workshop.sweep(count)
        try:
            yield
        finally:
            self.workshop.sweep(0)

    def kill_one(self) -> bool:
        """As a power cut would; whether there was one to kill."""
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
        """Until all is quiet; the leases of the dead are waited for or, hurried, let pass now that nobody sends."""
        if hurried:
            self.service.end_leases()
        with self.sweeping(2):
            self.wait_until_quiet(concerns)


def start_work(service: Service, apart: float = 1) -> Work:
    """Set to work on rungs so many seconds apart, the last of which never repeats while anybody looks."""
    service.script("set_ladder", apart, REPEAT_AFTER)
    return Work(service)
