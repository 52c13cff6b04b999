"""The worker, and the timetable of every repeating task."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("waymark")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()

app.conf.beat_schedule = {
    "run due steps and send due alerts": {"task": "concerns.tasks.run_due", "schedule": 15.0},
    "prove that the promises hold": {"task": "concerns.tasks.watch", "schedule": 300.0},
    "chase missing minutes": {"task": "circles.tasks.chase_minutes", "schedule": 300.0},
    "plan the coming meetings": {"task": "circles.tasks.plan_next_meetings", "schedule": 3600.0},
}
