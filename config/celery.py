"""The worker, and the timetable of every repeating task."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, signals

from config.logs import log_uncaught_exceptions
from core.ownership import refuse_strong_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("waymark")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()


def keep_our_logging(**kwargs: Any) -> None:
    """Do nothing. Because this listens to the signal, Celery leaves logging as the settings have it."""


def prepare_process(**kwargs: Any) -> None:
    log_uncaught_exceptions()
    refuse_strong_start()


signals.setup_logging.connect(keep_our_logging)
signals.worker_init.connect(prepare_process)
signals.beat_init.connect(prepare_process)


def _every(seconds: int, task: str) -> dict[str, Any]:
    """An entry of the timetable. A task that no worker takes before the next one is due is dropped."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


HOUR = 3600

app.conf.beat_schedule = {
    "run due steps and send due alerts": _every(15, "concerns.tasks.run_due"),
    "prove that the promises hold": _every(300, "concerns.tasks.watch"),
    "send the canary": _every(600, "alerts.tasks.canary"),
    "ask what became of texts": _every(300, "alerts.tasks.poll_texts"),
    "forget forms whose time has passed": _every(HOUR, "accounts.tasks.forget_old_forms"),
    "tell of late reviews of a risk": _every(HOUR, "offenders.tasks.tell_of_late_reviews"),
    "let unanswered referrals lapse": _every(HOUR, "offenders.tasks.lapse_referrals"),
    "plan the coming meetings": _every(HOUR, "circles.tasks.plan_next_meetings"),
    "plan the risk reviews": _every(HOUR, "circles.tasks.plan_risk_reviews"),
    "plan the reviews that fall due": _every(HOUR, "circles.tasks.plan_reviews"),
    "chase missing minutes": _every(300, "circles.tasks.chase_minutes"),
}
