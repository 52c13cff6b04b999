"""Workers killed with no goodbye, again and again, at moments of chance."""

from __future__ import annotations

import time

from tests.bench.faults.toll import Toll, take_toll
from tests.bench.faults.working import at_work
from tests.live.service import Service

SWEEPERS = 3


def killed(service: Service, *, kills: int, concerns: int, pause: float, hurried: bool) -> Toll:
    """Three sweepers, one of which dies every few hundred milliseconds while concerns are raised and climb."""
    with at_work(service) as work:
        raising, done = work.begin_raising(concerns, pause), 0
        with work.sweeping(SWEEPERS):
            while done < kills:
                time.sleep(work.chance.uniform(0.05, 0.45))
                done += work.kill_one()
            receipts = raising.receipts()
        work.finish(len(receipts), hurried=hurried)
    return take_toll(f"{kills} × kill -9 of a worker", service, receipts, breaks=kills)
