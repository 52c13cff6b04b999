"""Settings, addresses and processes: how the apps are joined. It imports every app, and no app imports it.

The Celery app is created with the package, so that every process sends its tasks to the service's own broker.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]
