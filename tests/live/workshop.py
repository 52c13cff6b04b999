"""One process that holds the service ready and forks whatever a live test needs: acts, and sweepers that are forked again when one dies.

`python -m tests.live.workshop <folder>` takes its orders from tests/live/orders.py, a list of words in JSON a line:
`act <number> <name> <words>` runs one of tests/live/acts.py, `sweep <count>` keeps so many sweepers, 0 ends them,
`clear` ends everything. It has no connection of its own: each fork opens one.
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
PAUSE, BEFORE_ANOTHER = 0.1, 0.02


def wrong_by(number: int, folder: Path) -> timedelta:
    """How far this sweeper's clock is wrong now."""
    told = folder / f"{number}.wrong"
    return timedelta(seconds=float(told.read_text())) if told.exists() else timedelta()


def sweep_for_ever(number: int, folder: Path) -> None:
    """Whatever goes wrong ends the process, as it would end the command of the system's timer."""
    (folder / f"{number}.pid").write_text(str(os.getpid()))
    while True:
        sweep(at=timezone.now() + wrong_by(number, folder))
        time.sleep(PAUSE)


def do_act(number: str, name: str, words: list[str], folder: Path) -> None:
    """One act, what it prints in a file of its own."""
    with (folder / f"{number}.told").open("w") as out:
        sys.stdout = out
        ACTS[name](*words)


def fork(work: Callable[[], None]) -> int:
    """A process that does this and is gone, and is gone at once when the workshop is; it leads its own group."""
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
    """Who is going: acts and sweepers by process id, and how many sweepers are wanted."""

    folder: Path
    wanted: int = 0
    acts: dict[int, str] = field(default_factory=dict)
    sweepers: dict[int, int] = field(default_factory=dict)

    def order(self, words: list[str]) -> None:
        if words[0] == "act":
            self.begin_act(words[1], words[2], words[3:])
        elif words[0] == "sweep":
            self.wanted = int(words[1])
            self.see_to_sweepers()
        else:
            self.clear()

    def begin_act(self, number: str, name: str, words: list[str]) -> None:
        """Its process id is known as soon as it is there; how it ended, as soon as it is gone."""
        pid = fork(lambda: do_act(number, name, words, self.folder))
        self.acts[pid] = number
        self.say(f"{number}.pid", pid)

    def say(self, name: str, what: int) -> None:
        """A number in a file that takes its name once it is written."""
        draft = self.folder / "draft"
        draft.write_text(str(what))
        draft.rename(self.folder / name)

    def see_to_sweepers(self) -> None:
        """As many as are wanted: no more, and another for each that died."""
        for pid in [pid for pid, number in self.sweepers.items() if number >= self.wanted]:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            (self.folder / f"{self.sweepers.pop(pid)}.pid").unlink(missing_ok=True)
        for number in set(range(self.wanted)) - set(self.sweepers.values()):
            self.sweepers[fork(lambda number=number: sweep_for_ever(number, self.folder))] = number  # type: ignore[misc]

    def bury(self) -> None:
        """Take note of who died, and how."""
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                if pid in self.acts:
                    self.say(f"{self.acts.pop(pid)}.ended", os.waitstatus_to_exitcode(status))
                elif pid in self.sweepers:
                    (self.folder / f"{self.sweepers.pop(pid)}.pid").unlink(missing_ok=True)

    def clear(self) -> None:
        """Nobody goes on, and the folder is as it was at first."""
        self.wanted = 0
        self.see_to_sweepers()
        for pid in self.acts:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.acts.clear()
        for left in self.folder.iterdir():
            left.unlink()
        (self.folder / "ready").touch()


def main(folder: Path) -> None:
    """Do as ordered until the orders end."""
    shop, heard = Workshop(folder), b""
    shop.clear()
    while True:
        if select.select([0], [], [], BEFORE_ANOTHER)[0]:
            more = os.read(0, 65536)
            if not more:
                break
            *lines, heard = (heard + more).split(b"\n")
            for line in lines:
                shop.order(json.loads(line))
        shop.bury()
        shop.see_to_sweepers()
    shop.clear()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
