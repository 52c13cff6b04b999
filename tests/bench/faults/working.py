"""A service at work while something breaks: somebody raises, several sweep, and at the end all is quiet."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from embedded.demo import end_group
from tests.bench.faults.toll import STEPS_A_CONCERN
from tests.live.service import ROOT, Service, until

UNSENT = "channel = 'email' AND state IN ('queued', 'sending')"
SEED = 2417
NEVER_AGAIN = 86_400
"""Seconds after which the last rung repeats: not while anybody looks."""
LONG = 600.0
"""Seconds within which whatever has to come has come, on a machine with better things to do."""


@dataclass
class Raising:
    """Somebody who raises one concern after another, with a receipt for each."""

    told: Path

    @property
    def is_over(self) -> bool:
        return self.told.exists()

    def receipts(self) -> dict[str, float]:
        """Each receipt's key, and how long it was waited for."""
        until(lambda: self.is_over, LONG, "every receipt")
        return {key: float(waited) for key, waited in (line.split() for line in self.told.read_text().splitlines())}


@dataclass
class Work:
    """A workshop of the service's: raises, sweeps, and has its sweepers killed or given wrong clocks."""

    service: Service
    folder: Path
    process: subprocess.Popen[bytes]
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    acts: int = 0

    def order(self, *words: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(" ".join(str(word) for word in words).encode() + b"\n")
        self.process.stdin.flush()

    def begin(self, name: str, *words: object) -> Path:
        """Begin one act; where what it told will be once it is over."""
        self.acts += 1
        self.order("act", f"act{self.acts}", name, *words)
        return self.folder / f"act{self.acts}.told"

    def act(self, name: str, *words: object) -> None:
        told = self.begin(name, *words)
        until(told.exists, LONG, name)

    def ladder(self, apart: float) -> None:
        """Rungs so many seconds apart; the last never repeats while anybody looks."""
        self.act("seconds", apart, NEVER_AGAIN)

    def begin_raising(self, count: int, pause: float = 0) -> Raising:
        return Raising(self.begin("keep_raising", count, pause))

    def raise_now(self, count: int) -> dict[str, float]:
        return self.begin_raising(count).receipts()

    @contextmanager
    def sweeping(self, count: int) -> Iterator[None]:
        """So many sweepers while the block lasts; ended with no goodbye."""
        self.order("sweep", count)
        until(lambda: len(self.pids()) == count, LONG, f"{count} sweepers")
        try:
            yield
        finally:
            self.order("sweep", 0)
            until(lambda: not self.pids(), LONG, "no sweeper")

    def pids(self) -> list[int]:
        found = []
        for each in sorted(self.folder.glob("*.pid")):
            with suppress(FileNotFoundError, ValueError):
                found.append(int(each.read_text()))
        return found

    def kill_one(self) -> bool:
        """As a power cut would; whether there was one to kill."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(self.chance.choice(self.pids()), signal.SIGKILL)
            return True
        return False

    def set_wrong(self, number: int, seconds: float) -> None:
        """From its next sweep on this one's clock is so many seconds wrong."""
        draft = self.folder / f"{number}.draft"
        draft.write_text(str(seconds))
        draft.rename(self.folder / f"{number}.wrong")

    def wait_until_quiet(self, concerns: int) -> None:
        """Every step that fell due has fired, and no message waits."""
        steps = STEPS_A_CONCERN * concerns
        until(
            lambda: (
                self.service.count("concerns_escalationstep", "fired_at IS NOT NULL") >= steps
                and self.service.count("alerts_alert", UNSENT) == 0
            ),
            LONG,
            "everything fired and sent",
            every=0.25,
        )

    def finish(self, concerns: int, *, hurried: bool) -> None:
        """Until all is quiet; the leases of the dead are waited for or, hurried, let pass now that nobody sends."""
        if hurried:
            self.service.end_leases()
        with self.sweeping(2):
            self.wait_until_quiet(concerns)


@contextmanager
def at_work(service: Service, apart: float = 1) -> Iterator[Work]:
    """A workshop for this service while the block lasts, its ladder set."""
    folder = service.folder / "workshop"
    folder.mkdir()
    with (service.folder / "workshop.log").open("ab") as log:
        process = subprocess.Popen(
            [*service.python, "-m", "tests.bench.faults.workshop", str(folder)], cwd=ROOT, env=service.env,
            stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        work = Work(service, folder, process)
        until((folder / "ready").exists, LONG, "the workshop")
        work.ladder(apart)
        yield work
    finally:
        end_group(process, patience=3)
