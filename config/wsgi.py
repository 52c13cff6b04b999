"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

from config.celery import app as celery_app
from config.logs import log_what_nobody_caught
from core.ownership import refuse_strong_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

log_what_nobody_caught()
application = get_wsgi_application()
refuse_strong_start()

__all__ = ["application", "celery_app"]
