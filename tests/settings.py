"""The settings of the tests: the service's own, with a few lines changed."""

from __future__ import annotations

import base64
import os
from datetime import timedelta

from tests.clock import OUR_FUNCTIONS_FIRST
from tests.databases import database_addresses

os.environ |= database_addresses() | {
    "REDIS_URL": os.environ.get("REDIS_URL", "redis://127.0.0.1:1/0"),
    "SITE_ADDRESS": "https://waymark.example.org",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "ON_CALL_TELEPHONE": "01632 960 999",
    "SECRET_KEY": "only-for-the-tests-" + "x" * 40,
    "KEYRING": "t1:" + base64.b64encode(b"t" * 32).decode(),
    "INDEX_KEY": base64.b64encode(b"i" * 32).decode(),
    "EMAIL_HOST": "localhost",
    "EMAIL_FROM": "waymark@example.org",
    "LOG_LEVEL": "ERROR",
}

from config.settings import *  # noqa: F403

SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 1, "socket_connect_timeout": 1}
# Tests make the machine slow, so these limits are longer than the service's.
_patient = {"connect_timeout": 3, "options": f"-c statement_timeout=60000 -c lock_timeout=3000 {OUR_FUNCTIONS_FIRST}"}
DATABASES = {name: {**given, "OPTIONS": _patient} for name, given in DATABASES.items()}  # noqa: F405
# The clock of the tests' database is a minute ahead (tests/clock.py), and tests ask about hours to come.
CLOCKS_AGREE_WITHIN = timedelta.max
STATIC_ROOT = ROOT / ".waymark" / "tests" / "static"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
