"""No process of the service starts unsafely, whatever it is started by."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from core.checks import refuse_unsafe_start
from core.roles import Account
from core.starting import UNFIT_TO_START
from embedded.demo import die_with_parent
from embedded.loopback import LoopbackMiddleware
from embedded.servers import address_for_role, free_port
from tests.test_config import GOOD, ROOT
from tests.world import World

SECRET = "an-example-of-fifty-letters-and-more-0123456789-abcdef"
WAYS = {
    "web": ["-m", "gunicorn", "config.wsgi", "--workers", "1"],
    "worker": ["-m", "celery", "-A", "config.celery", "worker", "--concurrency", "1"],
    "clock": ["-m", "celery", "-A", "config.celery", "beat", "--pidfile", ""],
    "timer": ["manage.py", "run_due"],
}
OWN = "http://127.0.0.1:8000"
UNSAFE = {
    "a demo with a public name": ("E001", {"DEMO": True, "ALLOWED_HOSTS": ["waymark.example.org"]}),
    "a demo at a public address": ("E001", {"DEMO": True, "ALLOWED_HOSTS": ["localhost"]}),
    "a demo behind a proxy": (
        "E001",
        {"DEMO": True, "ALLOWED_HOSTS": ["localhost"], "SITE_ADDRESS": OWN, "ALLAUTH_TRUSTED_PROXY_COUNT": 1},
    ),
    "no certificate": ("E010", {"SITE_ADDRESS": "http://waymark.example.org"}),
    "any host": ("E011", {"ALLOWED_HOSTS": ["*"]}),
    "any host below one": ("E011", {"ALLOWED_HOSTS": [".example.org"]}),
    "a secret anybody guesses": ("E012", {"SECRET_KEY": "x" * 60}),
    "a short secret": ("E012", {"SECRET_KEY": "short"}),
    "a short secret of before": ("E012", {"SECRET_KEY_FALLBACKS": ["short"]}),
    "half a key": ("E007", {"INDEX_KEY": "AAAA"}),
}


@pytest.mark.parametrize("unsafe", sorted(UNSAFE))
def test_nothing_unsafe_starts(settings: Any, capsys: pytest.CaptureFixture[str], unsafe: str) -> None:
    code, changed = UNSAFE[unsafe]
    refuse_unsafe_start()
    for name, value in changed.items():
        setattr(settings, name, value)
    with pytest.raises(SystemExit) as refused:
        refuse_unsafe_start()
    assert refused.value.code == UNFIT_TO_START
    assert f"waymark.{code}: " in capsys.readouterr().err


def test_a_demo_on_this_machine_is_safe(settings: Any) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = True, ["127.0.0.1", "localhost"], OWN
    refuse_unsafe_start()


def last_words_of(folder: Path, ways: Iterable[str], **changed: str) -> dict[str, str]:
    """Start these parts of the service beside each other, each in a process of its own; what each said as it stopped."""
    env = {"PATH": os.environ["PATH"], **GOOD, "SECRET_KEY": SECRET, "CELERY_SKIP_CHECKS": "1", **changed}
    more = {"web": ["--bind", f"127.0.0.1:{free_port()}"], "clock": ["--schedule", str(folder / "clock")]}
    begun = {
        way: subprocess.Popen(
            [sys.executable, "-W", "ignore", *WAYS[way], *more.get(way, [])],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=die_with_parent,
        )
        for way in ways
    }
    said = {}
    for way, process in begun.items():
        try:
            said[way], _ = process.communicate(timeout=60)
        finally:
            end(process)
        assert process.returncode == UNFIT_TO_START, (way, said[way])
    return said


def end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()


def test_a_demo_for_the_world_starts_in_no_way(tmp_path: Path) -> None:
    for way, said in last_words_of(tmp_path, WAYS, DEMO="yes").items():
        assert "Waymark cannot start" in said, way
        assert "DEMO is on" in said, way


def test_nothing_starts_as_a_superuser(world: World, tmp_path: Path) -> None:
    given = address_for_role(
        os.environ["ADMIN_DATABASE_URL"], Account("postgres"), str(connection.settings_dict["NAME"])
    )
    for way, said in last_words_of(tmp_path, ["web", "worker", "clock"], DATABASE_URL=given).items():
        assert "is a superuser" in said, way


def test_the_demo_answers_this_machine_alone() -> None:
    answer = LoopbackMiddleware(lambda request: HttpResponse("all of it"))
    for address, status in [("127.0.0.1", 200), ("::1", 200), ("192.168.1.4", 403), ("", 403), ("10.0.0.1", 403)]:
        assert answer(RequestFactory().get("/", REMOTE_ADDR=address)).status_code == status
    through_a_proxy = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "192.0.2.1"})
    assert answer(through_a_proxy).status_code == 403
