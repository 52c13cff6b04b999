"""A fault: several senders work at once, and their clocks disagree."""

from __future__ import annotations

from tests.bench.faults.result import FaultResult, count_result
from tests.bench.faults.work import start_work
from tests.live.service import Service

WRONG = [0, 45, 0, -30]
"""Seconds: clocks less than a lease apart, where a few seconds already make the watcher speak."""


def run_clocks_apart(service: Service, *, concerns: int) -> FaultResult:
    """Run four sweepers without pause: two with the right time, one ahead and one behind."""
    work = start_work(service)
    for number, seconds in enumerate(WRONG):
        work.workshop.set_wrong(number, seconds)
    with work.sweeping(len(WRONG)):
        receipts = work.raise_now(concerns)
        work.wait_until_quiet(len(receipts))
    apart = max(WRONG) - min(WRONG)
    fault = f"{len(WRONG)} clocks at once, up to {apart} s apart"
    return count_result(fault, service, receipts, breaks=len(WRONG), times_are_true=False)
