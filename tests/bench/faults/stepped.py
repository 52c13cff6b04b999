"""The time of day set back and forward under everybody's feet."""

from __future__ import annotations

import time

from tests.bench.faults.toll import Toll, take_toll
from tests.bench.faults.working import at_work
from tests.live.service import Service

BACK, FORWARD = -300, 3600
SWEEPERS = 2


def stepped(service: Service, *, concerns: int, pause: float, every: float) -> Toll:
    """Concerns are raised and climb; the sweepers' clocks go five minutes back, right again, and an hour forward.

    Set forward further than a lease in the middle of a send, each sender may find another's message
    abandoned: that many repeats are possible, marked as such, and no more.
    """
    work = at_work(service)
    raising = work.begin_raising(concerns, pause)
    with work.sweeping(SWEEPERS):
        for wrong in (BACK, 0, FORWARD):
            time.sleep(every)
            for number in range(SWEEPERS):
                work.workshop.set_wrong(number, wrong)
        receipts = raising.receipts()
        work.wait_until_quiet(len(receipts))
    return take_toll(
        "the clock 5 minutes back, right, 1 hour forward", service, receipts, breaks=3, times_are_true=False
    )
