"""The sweep: takes every due step, sends reminders and alerts, and leaves a heartbeat."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from alerts.outbox.operations import send_due
from alerts.pause.models import SendingPause
from alerts.pause.operations import catch_up, notice_restore
from alerts.watch.heartbeat import record_heartbeat
from concerns.engine.assignments import end_lost_assignments
from concerns.engine.operations import fire_due_concerns, hasten_unreached_steps
from concerns.raising.forcing_answer_operations import pass_on_forgotten_answers
from concerns.watch.late_records import tell_of_late
from concerns.watch.reminders import send_reminders

logger = logging.getLogger(__name__)

CHECKER = "run_due"
"""The heartbeat that records the last sweep."""

SWEEP_SECONDS = 45.0
"""Well under an alert's lease and the worker's time limit, so that a slow provider ends neither."""


def sweep(*, at: datetime, limit: int = 2000, budget: float = SWEEP_SECONDS) -> int:
    """Fire every due step, send reminders and due alerts, and leave a heartbeat. Two sweeps may run at once.

    Where a message failed for good, the next rung is fired in the same sweep. Firing takes at most half of the time
    left, so that what was fired first is sent however much is due. A failure in the sweep's other tasks stops no step.
    After a restore, what was due before waits until a person ends the pause.
    """
    ends = time.monotonic() + budget
    fired = 0
    notice_restore(at=at)
    paused = SendingPause.objects.began_at() is not None
    tasks = [pass_on_forgotten_answers, end_lost_assignments]
    for task in tasks if paused else [*tasks, send_reminders, tell_of_late]:
        try:
            task(at=at)
        except Exception:
            logger.exception("the sweep goes on without", extra={"what": task.__name__})
    while True:
        fired += fire_due_concerns(at=at, limit=limit, budget=(ends - time.monotonic()) / 2)
        catch_up(at=at, still_due=bool(fired))
        send_due(at=at, limit=limit, budget=ends - time.monotonic())
        if not hasten_unreached_steps(at=at):
            break
    record_heartbeat(CHECKER, at=at, detail=f"{fired} steps")
    return fired
