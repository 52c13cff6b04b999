"""One process that has loaded the service once, and forks what a live test needs: acts and sweepers.

A sweeper that dies is replaced by a new one.

`python -m tests.live.workshop <folder>` takes orders from tests/live/orders.py on its standard input. Each line is a
list of words in JSON: `act <number> <name> <words>` runs one of tests/live/acts.py; `sweep <count>` keeps so many
sweepers running; `clear` ends everything. It has no database connection of its own: each fork opens one.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.live.acts import ACTS

from django.utils import timezone  # isort: skip - the settings come first

from concerns.watch.sweep import sweep  # isort: skip

PR_SET_PDEATHSIG = 1
SWEEP_EVERY, LOOK_EVERY = 0.1, 0.02
"""Seconds between two sweeps of one sweeper, and between two looks at what has ended."""


def _clock_error_of(number: int, folder: Path) -> timedelta:
    """How far this sweeper's clock is wrong now."""
    written = folder / f"{number}.wrong"
    return timedelta(seconds=float(written.read_text())) if written.exists() else timedelta()


def _sweep_for_ever(number: int, folder: Path) -> None:
    """Sweep again and again. Any error ends the process, as it ends the real command that a timer starts."""
    (folder / f"{number}.pid").write_text(str(os.getpid()))
    while True:
        sweep(at=timezone.now() + _clock_error_of(number, folder))
        time.sleep(SWEEP_EVERY)


def _do_act(number: str, name: str, words: list[str], folder: Path) -> None:
    """Do one act. What it prints goes to a file of its own."""
    with (folder / f"{number}.printed").open("w") as out:
        sys.stdout = out
        ACTS[name](*words)


def _fork(work: Callable[[], None]) -> int:
    """Do the work in a new process and give its id. It leads its own group, and is killed when the workshop ends."""
    pid = os.fork()
    os.setpgid(pid, pid)
    if pid:
        return pid
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        work()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


@dataclass
class Workshop:
    """The acts and the sweepers that run, by process id, and how many sweepers there should be."""

    folder: Path
    wanted: int = 0
    acts: dict[int, str] = field(default_factory=dict)
    sweepers: dict[int, int] = field(default_factory=dict)

    def order(self, words: list[str]) -> None:
        if words[0] == "act":
            self.begin_act(words[1], words[2], words[3:])
        elif words[0] == "sweep":
            self.wanted = int(words[1])
            self.keep_sweepers()
        else:
            self.clear()

    def begin_act(self, number: str, name: str, words: list[str]) -> None:
        """Start an act, and write its process id to a file. `note_ended` writes how it ended."""
        pid = _fork(lambda: _do_act(number, name, words, self.folder))
        self.acts[pid] = number
        self.write_number(f"{number}.pid", pid)

    def write_number(self, name: str, number: int) -> None:
        """Write a number to a file. The file gets its name last, so that nobody reads it half written."""
        draft = self.folder / "draft"
        draft.write_text(str(number))
        draft.rename(self.folder / name)

    def keep_sweepers(self) -> None:
        """End the sweepers that are too many, and start those that are missing."""
        for pid in [pid for pid, number in self.sweepers.items() if number >= self.wanted]:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            (self.folder / f"{self.sweepers.pop(pid)}.pid").unlink(missing_ok=True)
        for number in set(range(self.wanted)) - set(self.sweepers.values()):
            self.sweepers[_fork(lambda number=number: _sweep_for_ever(number, self.folder))] = number  # type: ignore[misc]

    def note_ended(self) -> None:
        """Write down which processes have ended, and how."""
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                if pid in self.acts:
                    self.write_number(f"{self.acts.pop(pid)}.ended", os.waitstatus_to_exitcode(status))
                elif pid in self.sweepers:
                    (self.folder / f"{self.sweepers.pop(pid)}.pid").unlink(missing_ok=True)

    def clear(self) -> None:
        """End everything, and leave the folder as it was at the start."""
        self.wanted = 0
        self.keep_sweepers()
        for pid in self.acts:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.acts.clear()
        for file in self.folder.iterdir():
            file.unlink()
        (self.folder / "ready").touch()


def main(folder: Path) -> None:
    """Follow the orders until there are no more."""
    shop, unfinished_line = Workshop(folder), b""
    shop.clear()
    while True:
        if select.select([0], [], [], LOOK_EVERY)[0]:
            received = os.read(0, 65536)
            if not received:
                break
            *lines, unfinished_line = (unfinished_line + received).split(b"\n")
            for line in lines:
                shop.order(json.loads(line))
        shop.note_ended()
        shop.keep_sweepers()
    shop.clear()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
