"""Orders to the workshop, tests/live/workshop.py, and what came of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from embedded.demo import die_with_parent
from tests.live.waiting import LONG, wait_until


@dataclass(frozen=True)
class Act:
    """One act that was begun. It runs in a process of its own."""

    name: str
    number: str
    folder: Path

    @property
    def pid(self) -> int:
        """The process that does it, once it is there."""
        begun = self.folder / f"{self.number}.pid"
        wait_until(begun.exists, LONG, f"{self.name} begun")
        return int(begun.read_text())

    @property
    def is_over(self) -> bool:
        return (self.folder / f"{self.number}.ended").exists()

    @property
    def exit_code(self) -> int:
        """Wait for its end, and give its exit code. It is negative if a signal killed it."""
        wait_until(lambda: self.is_over, LONG, f"{self.name} over", every=0.02)
        return int((self.folder / f"{self.number}.ended").read_text())

    def kill(self) -> None:
        """Kill it and whatever it started, as a power cut would."""
        os.killpg(self.pid, signal.SIGKILL)
        assert self.exit_code == -signal.SIGKILL

    def printed_lines(self) -> list[str]:
        """Wait for its end, and give the lines that it printed. Fails if it went wrong."""
        assert self.exit_code == 0, f"{self.name}: {self.folder}.log has its last words"
        return (self.folder / f"{self.number}.printed").read_text().splitlines()


@dataclass
class Orders:
    """Gives orders to the workshop: begin acts, keep sweepers running, and clear everything between two tests."""

    folder: Path
    process: subprocess.Popen[bytes]
    acts: int = 0

    def order(self, *words: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps([str(word) for word in words]).encode() + b"\n")
        self.process.stdin.flush()

    def begin(self, name: str, *words: object) -> Act:
        """Begin one act of tests/live/acts.py."""
        self.acts += 1
        self.order("act", f"act{self.acts}", name, *words)
        return Act(name, f"act{self.acts}", self.folder)

    def sweep(self, count: int) -> None:
        """Have so many sweepers from now on. None kills them all."""
        self.order("sweep", count)
        wait_until(lambda: len(self.sweepers()) == count, LONG, f"{count} sweepers")

    def sweepers(self) -> list[int]:
        """Their process ids."""
        found = []
        for each in sorted(self.folder.glob("[0-9]*.pid")):
            with suppress(FileNotFoundError, ValueError):
                found.append(int(each.read_text()))
        return found

    def set_wrong(self, number: int, seconds: float) -> None:
        """Make this sweeper's clock wrong by so many seconds, from its next sweep on."""
        draft = self.folder / f"{number}.draft"
        draft.write_text(str(seconds))
        draft.rename(self.folder / f"{number}.wrong")

    def clear(self) -> None:
        """Kill whatever still runs, and forget it."""
        (self.folder / "ready").unlink()
        self.order("clear")
        wait_until((self.folder / "ready").exists, LONG, "the workshop cleared", every=0.01)


@contextmanager
def running_workshop(folder: Path, python: list[str], root: Path, env: Mapping[str, str]) -> Iterator[Orders]:
    """Run a workshop in these surroundings while the block lasts. Its log stays beside its folder."""
    folder.mkdir(parents=True)
    with folder.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen(
            [*python, "-m", "tests.live.workshop", str(folder)],
            cwd=root,
            env=env,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    try:
        wait_until(lambda: (folder / "ready").exists() or process.poll() is not None, LONG, "the workshop")
        assert process.poll() is None, folder.with_suffix(".log").read_text()
        yield Orders(folder, process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
