"""The worker of the live tests. It is the service's own, but looks every second and not every fifteen."""

from config.celery import app

app.conf.beat_schedule["run due steps and send due alerts"]["schedule"] = 1.0

__all__ = ["app"]
