"""The worker of the live tests: the service's own, looking every second instead of every fifteen."""

from config.celery import app

app.conf.beat_schedule["run due steps and send due alerts"]["schedule"] = 1.0

__all__ = ["app"]
