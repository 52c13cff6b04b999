"""The settings of the live tests: the tests' own, with real mail and the service's real way with its broker."""

from __future__ import annotations

import os

from config import settings as real
from tests.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = "127.0.0.1", int(os.environ.get("LIVE_SMTP_PORT", "25")), False
# Who hangs is given up sooner than in life; `make bench` waits as long as there.
EMAIL_TIMEOUT = int(os.environ.get("LIVE_SMTP_TIMEOUT", "2"))
CELERY_BROKER_TRANSPORT_OPTIONS = real.CELERY_BROKER_TRANSPORT_OPTIONS
CELERY_TASK_PUBLISH_RETRY = True
