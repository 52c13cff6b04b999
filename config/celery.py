"""The worker, and the timetable of every repeating task."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, signals

from config.logs import log_what_nobody_caught
from core.ownership import refuse_strong_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("waymark")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()


def keep_to_our_logging(**kwargs: Any) -> None:
    """Listening is enough: Celery then leaves logging as the settings have it, and adds no way of its own."""


def begin_safely(**kwargs: Any) -> None:
    log_what_nobody_caught()
    refuse_strong_start()


signals.setup_logging.connect(keep_to_our_logging)
signals.worker_init.connect(begin_safely)
signals.beat_init.connect(begin_safely)


def every(seconds: int, task: str) -> dict[str, Any]:
    """A beat nobody took in time is dropped: the next one does its work, and a queue of old ones helps nobody."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


HOUR = 3600

app.conf.beat_schedule = {
    "run due steps and send due alerts": every(15, "concerns.tasks.run_due"),
    "prove that the promises hold": every(300, "concerns.tasks.watch"),
    "send the canary": every(600, "alerts.tasks.canary"),
    "ask what became of texts": every(300, "alerts.tasks.poll_texts"),
    "forget forms whose time has passed": every(HOUR, "accounts.tasks.forget_old_forms"),
    "plan the coming meetings": every(HOUR, "circles.tasks.plan_next_meetings"),
    "plan the risk reviews": every(HOUR, "circles.tasks.plan_risk_reviews"),
    "plan the reviews that fall due": every(HOUR, "circles.tasks.plan_reviews"),
    "chase missing minutes": every(300, "circles.tasks.chase_minutes"),
}
