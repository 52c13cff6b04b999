"""An SMTP server that is gone, hangs, puts off or refuses for good; then all is well again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.faults.toll import MAILS_A_CONCERN, Toll, take_toll
from tests.bench.faults.working import Work, at_work
from tests.letters import Letterbox
from tests.live.service import Service
from tests.live.waiting import LONG, until

SWEEPERS = 2
FIRST_RETRY = 35
"""Seconds: a little more than the first wait before a message is tried again."""


@dataclass(frozen=True)
class Trouble:
    """One way to misbehave: how it begins and ends, and whose mail it strikes; nobody named is everybody."""

    begins: Callable[[Letterbox], object]
    ends: Callable[[Letterbox], object]
    strikes: str = ""
    for_good: bool = False

    @property
    def mails(self) -> int:
        return MAILS_A_CONCERN[self.strikes] if self.strikes else sum(MAILS_A_CONCERN.values())


TROUBLES = {
    "refuses to be reached": Trouble(Letterbox.shut, Letterbox.open),
    "answers 451": Trouble(lambda box: setattr(box, "says", "451 Not now"), lambda box: setattr(box, "says", "250 OK")),
    "hangs": Trouble(lambda box: box.hangs.update(kit=30), lambda box: box.hangs.clear(), strikes="kit"),
    "answers 550 for one person": Trouble(
        lambda box: box.refuses.update(esi="550 No such person"), lambda box: box.refuses.clear(), strikes="esi",
        for_good=True,
    ),
}  # fmt: skip


def troubled(service: Service, troubles: list[str], *, concerns: int, hurried: bool) -> Toll:
    """One trouble after another; in each some concerns are raised, and it ends once every message has met it.

    Hurried, the clocks go forward to the next try instead of its being waited for, and no message meets two
    troubles: after its second try it would be put off for longer.
    """
    receipts: dict[str, float] = {}
    gone: dict[str, int] = {}
    work = at_work(service, apart=0.5)
    with work.sweeping(SWEEPERS):
        for turn, name in enumerate(troubles, start=1):
            trouble = TROUBLES[name]
            receipts |= under(work, trouble, concerns)
            if trouble.for_good:
                gone[trouble.strikes] = trouble.mails * concerns
            if hurried:
                for number in range(SWEEPERS):
                    work.workshop.set_wrong(number, turn * FIRST_RETRY)
                work.wait_until_quiet(len(receipts))
        work.wait_until_quiet(len(receipts))
    return take_toll(
        f"SMTP {', '.join(troubles)}", service, receipts, breaks=len(troubles), gone=gone, times_are_true=not hurried
    )


def under(work: Work, trouble: Trouble, concerns: int) -> dict[str, float]:
    """The receipts of what was raised while it lasted."""
    failed = f"outcome = '{'permanent' if trouble.for_good else 'temporary'}'"
    met = work.service.count("alerts_attempt", failed) + trouble.mails * concerns
    trouble.begins(work.service.letterbox)
    try:
        receipts = work.raise_now(concerns)
        until(lambda: work.service.count("alerts_attempt", failed) >= met, LONG, f"{met} tries failed", every=0.25)
    finally:
        trouble.ends(work.service.letterbox)
    return receipts
