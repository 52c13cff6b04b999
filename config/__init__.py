"""How the parts are joined. Imports everything; nothing imports it.

The worker's app is made with the package, so that whatever runs rings the service's own doorbell.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]
