"""A fault: workers are killed again and again, at random moments of their work."""

from __future__ import annotations

import time

from tests.bench.faults.result import MAILS_A_CONCERN, FaultResult, count_result
from tests.bench.faults.work import Work, start_work
from tests.live.service import Service

SWEEPERS = 3
WHILE_WORKING = 0.6
"""The kills are spread over this part of the messages, so that none falls when all is done."""
PATIENCE = 4.0


def kill_sweepers(service: Service, *, kills: int, concerns: int, pause: float, hurried: bool) -> FaultResult:
    """Run three sweepers, and kill one of them every few messages while concerns are raised and climb."""
    apart = WHILE_WORKING * concerns * sum(MAILS_A_CONCERN.values()) / kills
    work = start_work(service)
    raising, done = work.begin_raising(concerns, pause), 0
    with work.sweeping(SWEEPERS):
        while done < kills:
            _wait_for_messages(work, work.chance.uniform(0, 2 * apart))
            time.sleep(work.chance.uniform(0, 0.1))
            done += work.kill_one()
        receipts = raising.receipts()
    work.finish(len(receipts), hurried=hurried)
    return count_result(f"{kills} × kill -9 of a worker", service, receipts, breaks=kills)


def _wait_for_messages(work: Work, messages: float) -> None:
    """Wait until so many more messages are accepted. If none comes, because the senders are dead, stop waiting soon."""
    enough, ends = len(work.service.letterbox.ids) + messages, time.monotonic() + PATIENCE
    while len(work.service.letterbox.ids) < enough and time.monotonic() < ends:
        time.sleep(0.01)
