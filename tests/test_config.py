"""Safe to run: settings that stop an unsafe start, headers, and the page for a lost database."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.models import User
from config.middleware import DatabaseDownMiddleware
from core.checks import CHECKS
from tests.notify_server import KEY, TEMPLATE
from tests.world import World

ROOT = Path(__file__).resolve().parents[1]

GOOD = {
    "DATABASE_URL": "postgresql://nobody@localhost/none",
    "REDIS_URL": "redis://localhost",
    "KEYRING": "k:" + "A" * 43 + "=",
    "INDEX_KEY": "A" * 43 + "=",
    "SITE_ADDRESS": "https://waymark.example.org",
    "ON_CALL_TELEPHONE": "01632 960 123",
    "SECRET_KEY": "x" * 60,
    "EMAIL_HOST": "localhost",
    "EMAIL_FROM": "waymark@example.org",
}


def start(**changed: str | None) -> subprocess.CompletedProcess[str]:
    """Read the settings in a fresh process with these variables changed, as a start would."""
    env = {"PATH": os.environ["PATH"], **GOOD, **{name: value for name, value in changed.items() if value is not None}}
    for name in [name for name, value in changed.items() if value is None]:
        del env[name]
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import config.settings"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_everything_filled_in_it_starts() -> None:
    assert start().returncode == 0


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_value_stops_the_start_and_is_named(name: str) -> None:
    told = start(**{name: None})
    assert told.returncode != 0
    assert f"{name} is not set" in told.stderr
    assert ".env.example" in told.stderr
    assert "Traceback" not in told.stderr


def test_everything_that_is_missing_is_named_at_once() -> None:
    told = start(**dict.fromkeys(GOOD))
    assert told.returncode != 0
    assert {name for name in GOOD if f"{name} is not set" in told.stderr} == set(GOOD)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://localhost/x", "must begin with postgresql://"),
        ("KEYRING", "nokey", "must be written key:value"),
        ("DEMO", "maybe", "Write yes or no"),
        ("EMAIL_PORT", "many", "Write a whole number"),
    ],
)
def test_an_unreadable_value_stops_the_start_and_says_how_to_write_it(name: str, value: str, said: str) -> None:
    told = start(**{name: value})
    assert told.returncode != 0
    assert said in told.stderr


def test_env_example_says_every_variable_the_settings_read() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text()))
    written = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read - written == set()


def errors_found(settings: Any) -> set[str]:
    return {str(message.id) for message in run_checks() if str(message.id).startswith("waymark")}


def test_the_settings_of_the_tests_are_safe(settings: Any) -> None:
    assert len(CHECKS) == 9
    assert errors_found(settings) == set()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DEMO", True, "waymark.E001"),
        ("MIDDLEWARE", [], "waymark.E002"),
        ("GUARDIAN_LEGACY_GLOBAL_PERMS_GROUP_UNION", True, "waymark.E004"),
        ("ANONYMOUS_USER_NAME", "AnonymousUser", "waymark.E005"),
        ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}, "waymark.E006"),
        ("INDEX_KEY", "short", "waymark.E007"),
        ("KEYRING", {"k": "bm90IDMyIGJ5dGVz"}, "waymark.E007"),
        ("NOTIFY_API_KEY", "half-a-key", "waymark.E008"),
        ("NOTIFY_ADDRESS", "http://notify.example.org", "waymark.E009"),
    ],
)
def test_each_unsafe_setting_is_refused(settings: Any, name: str, value: object, code: str) -> None:
    if name == "DEMO":
        settings.ALLOWED_HOSTS = ["waymark.example.org"]
    if name == "NOTIFY_ADDRESS":
        settings.NOTIFY_API_KEY, settings.NOTIFY_TEXT_TEMPLATE = KEY, TEMPLATE
    setattr(settings, name, value)
    assert code in errors_found(settings)


def test_the_admin_is_refused(settings: Any) -> None:
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin"]
    assert "waymark.E003" in {str(message.id) for check in CHECKS for message in check()}


def test_there_is_no_admin_page(world: World, as_person: Callable[[User], Client]) -> None:
    assert as_person(world.gil).get("/admin/").status_code == 404
    assert as_person(world.gil).get("/admin/login/").status_code == 404


HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("address", ["/", "/circles/", "/alerts/", "/no-such-page/"])
def test_every_page_carries_the_headers(world: World, as_person: Callable[[User], Client], address: str) -> None:
    answer = as_person(world.ben).get(address)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "publickey-credentials-get=(self)" in answer.headers["Permissions-Policy"]


def test_cookies_are_the_kind_no_other_site_can_set() -> None:
    told = start()
    assert told.returncode == 0
    script = "from config.settings import *; print(SESSION_COOKIE_NAME, SESSION_COOKIE_SECURE, CSRF_COOKIE_HTTPONLY, SECURE_HSTS_SECONDS)"
    env = {"PATH": os.environ["PATH"], **GOOD}
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["__Host-sessionid", "True", "True", "31536000"]


def broken(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the database is gone")


def test_with_the_database_gone_a_page_says_whom_to_telephone() -> None:
    answer = DatabaseDownMiddleware(broken)(RequestFactory().get("/"))
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    page = answer.content.decode()
    assert "tel:999" in page
    assert settings.ON_CALL_TELEPHONE in page
    assert "{{" not in page


def test_a_whole_process_without_a_database_answers_with_that_page() -> None:
    script = (
        "import django; django.setup(); from django.test import Client; "
        "client = Client(raise_request_exception=False); "
        "client.cookies['sessionid'] = 'x' * 32; answer = client.get('/'); print(answer.status_code, 'tel:999' in answer.content.decode())"
    )
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert said.stdout.split()[-2:] == ["503", "True"], said.stderr
