"""A fault: the clocks of the senders are set back and forward while they work."""

from __future__ import annotations

import time

from tests.bench.faults.result import FaultResult, count_result
from tests.bench.faults.work import start_work
from tests.live.service import Service

BACK, FORWARD = -300, 3600
SWEEPERS = 2


def move_clocks(service: Service, *, concerns: int, pause: float, every: float) -> FaultResult:
    """Concerns are raised and climb; the sweepers' clocks go five minutes back, right again, and an hour forward.

    Set forward further than a lease in the middle of a send, each sender may find another's message
    abandoned: that many repeats are possible, marked as such, and no more.
    """
    work = start_work(service)
    raising = work.begin_raising(concerns, pause)
    with work.sweeping(SWEEPERS):
        for wrong in (BACK, 0, FORWARD):
            time.sleep(every)
            for number in range(SWEEPERS):
                work.workshop.set_wrong(number, wrong)
        receipts = raising.receipts()
        work.wait_until_quiet(len(receipts))
    return count_result(
        "the clock 5 minutes back, right, 1 hour forward", service, receipts, breaks=3, times_are_true=False
    )
