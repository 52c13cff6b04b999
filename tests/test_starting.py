"""No process of the service starts unsafely, whatever it is started by."""

from __future__ import annotations

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from core.roles import Account
from embedded.loopback import LoopbackMiddleware
from embedded.servers import free_port, seen_by
from tests.databases import OWNER
from tests.test_config import GOOD, ROOT
from tests.world import World

SECRET = "an-example-of-fifty-letters-and-more-0123456789-abcdef"
WAYS = {
    "web": ["gunicorn", "config.wsgi", "--workers", "1"],
    "worker": ["celery", "-A", "config.celery", "worker", "--concurrency", "1"],
    "clock": ["celery", "-A", "config.celery", "beat"],
    "timer": ["manage.py", "run_due"],
    "migrate": ["manage.py", "migrate", "--check"],
    "shell": ["manage.py", "shell", "-c", "pass"],
}
UNSAFE = {
    "a demo for the world": {"DEMO": "yes"},
    "a demo behind a proxy": {"DEMO": "yes", "SITE_ADDRESS": "http://localhost", "TRUSTED_PROXIES": "1"},
    "a demo with a public name": {"DEMO": "yes", "SITE_ADDRESS": "http://localhost", "ALLOWED_HOSTS": "example.org"},
    "no certificate": {"SITE_ADDRESS": "http://waymark.example.org"},
    "any host": {"ALLOWED_HOSTS": "*"},
    "a secret anybody guesses": {"SECRET_KEY": "x" * 60},
    "a short secret": {"SECRET_KEY": "short"},
    "a secret of before that anybody guesses": {"SECRET_KEY_FALLBACKS": "short"},
    "half a key": {"INDEX_KEY": "AAAA"},
}


def start(way: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Start one part of the service in a process of its own; it is stopped when it does not stop by itself."""
    env = {"PATH": os.environ["PATH"], **GOOD, "SECRET_KEY": SECRET, "CELERY_SKIP_CHECKS": "1", **changed}
    words = WAYS[way]
    python = [sys.executable, "-W", "ignore", *([] if words[0] == "manage.py" else ["-m"]), *words]
    with TemporaryDirectory() as folder:
        python += {
            "web": ["--bind", f"127.0.0.1:{free_port()}"],
            "clock": ["--schedule", f"{folder}/clock", "--pidfile", ""],
        }.get(way, [])
        return subprocess.run(python, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("unsafe", sorted(UNSAFE))
def test_nothing_unsafe_starts_as_a_web_server(unsafe: str) -> None:
    done = start("web", **UNSAFE[unsafe])
    assert done.returncode != 0
    assert "Waymark cannot start" in done.stderr


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_demo_for_the_world_starts_in_no_way(way: str) -> None:
    done = start(way, DEMO="yes")
    assert done.returncode != 0
    assert "Waymark cannot start" in done.stderr
    assert "DEMO is on" in done.stderr


@pytest.mark.parametrize("way", ["web", "worker", "clock"])
@pytest.mark.parametrize("role", ["postgres", OWNER.name])
def test_nothing_starts_in_a_role_that_may_too_much(world: World, way: str, role: str) -> None:
    given = seen_by(os.environ["ADMIN_DATABASE_URL"], Account(role), str(connection.settings_dict["NAME"]))
    done = start(way, DATABASE_URL=given)
    assert done.returncode != 0
    assert "is a superuser" in done.stderr or "owns tables" in done.stderr


def test_the_demo_answers_this_machine_alone() -> None:
    answer = LoopbackMiddleware(lambda request: HttpResponse("all of it"))
    for address, status in [("127.0.0.1", 200), ("::1", 200), ("192.168.1.4", 403), ("", 403), ("10.0.0.1", 403)]:
        assert answer(RequestFactory().get("/", REMOTE_ADDR=address)).status_code == status
    through_a_proxy = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "192.0.2.1"})
    assert answer(through_a_proxy).status_code == 403
