"""The WSGI application, which gunicorn runs."""

import os

from django.core.wsgi import get_wsgi_application

from config.celery import app as celery_app
from config.logs import log_uncaught_exceptions
from core.ownership import refuse_strong_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

log_uncaught_exceptions()
application = get_wsgi_application()
refuse_strong_start()

__all__ = ["application", "celery_app"]
