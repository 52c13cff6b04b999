"""A fault: the SMTP server is gone, hangs, puts mail off or refuses it for good. Then all is well again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.faults.result import MAILS_A_CONCERN, FaultResult, count_result
from tests.bench.faults.work import Work, start_work
from tests.live.service import Service
from tests.live.waiting import LONG, wait_until
from tests.smtp_server import Letterbox

SWEEPERS = 2
WAITS_LONGEST = """
    SELECT extract(epoch FROM max(next_attempt_at) - now()) FROM alerts_alert WHERE channel = 'email' AND state = 'queued'
"""


@dataclass(frozen=True)
class Trouble:
    """One way in which the server fails: how it begins and ends, and whose mail it hits. Empty means everybody's."""

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
        lambda box: box.refuses.update(esi="550 No such person"),
        lambda box: box.refuses.clear(),
        strikes="esi",
        for_good=True,
    ),
}


def break_smtp(service: Service, troubles: list[str], *, concerns: int, hurried: bool) -> FaultResult:
    """One trouble after another; in each some concerns are raised, and it ends once every message has met it.

    Hurried, the clocks go forward to the next try instead of its being waited for, however long it was put off, and
    no message meets two troubles.
    """
    receipts: dict[str, float] = {}
    gone: dict[str, int] = {}
    ahead = 0.0
    work = start_work(service, apart=0.5)
    with work.sweeping(SWEEPERS):
        for name in troubles:
            trouble = TROUBLES[name]
            receipts |= _raise_during(work, trouble, concerns)
            if trouble.for_good:
                gone[trouble.strikes] = trouble.mails * concerns
            if hurried:
                ahead = _move_clocks_to_next_try(work, len(receipts), ahead)
        work.wait_until_quiet(len(receipts))
    return count_result(
        f"SMTP {', '.join(troubles)}", service, receipts, breaks=len(troubles), gone=gone, times_are_true=not hurried
    )


def _move_clocks_to_next_try(work: Work, concerns: int, ahead: float) -> float:
    """Until all is quiet the clocks go forward to the next try of whatever was put off; how far they are ahead then.

    A try that still hung when the trouble ended fails after it, and is put off for minutes.
    """
    end = time.monotonic() + LONG
    while not work.is_quiet(concerns):
        assert time.monotonic() < end, "everything fired and sent"
        longest = float(work.service.rows(WAITS_LONGEST)[0][0] or 0) + 1
        if longest > ahead:
            ahead = longest
            for number in range(SWEEPERS):
                work.workshop.set_wrong(number, ahead)
        time.sleep(0.25)
    return ahead


def _raise_during(work: Work, trouble: Trouble, concerns: int) -> dict[str, float]:
    """Raise some concerns while the trouble lasts, and give their receipts."""
    failed = f"outcome = '{'permanent' if trouble.for_good else 'temporary'}'"
    met = work.service.count("alerts_attempt", failed) + trouble.mails * concerns
    trouble.begins(work.service.letterbox)
    try:
        receipts = work.raise_now(concerns)
        wait_until(lambda: work.service.count("alerts_attempt", failed) >= met, LONG, f"{met} tries failed", every=0.25)
    finally:
        trouble.ends(work.service.letterbox)
    return receipts
