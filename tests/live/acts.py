"""What the live tests do inside the service's own Python, each in a fork of the workshop's (tests/live/workshop.py)."""

from __future__ import annotations

import os
import runpy
import sys
import time
from datetime import timedelta
from uuid import UUID, uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the settings come first
from django.db import InterfaceError, OperationalError, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from circles.circle.models import Circle  # noqa: E402
from concerns.choices import Level, Side  # noqa: E402
from concerns.defaults import AGENCY, CHARITY  # noqa: E402
from concerns.ladder.models import Clock, LadderVersion, Rung  # noqa: E402
from concerns.raising.operations import raise_concern  # noqa: E402
from config.celery import app as celery_app  # noqa: E402
from tests.conftest import sign_in as sign_client_in  # noqa: E402
from tests.world import build_world  # noqa: E402


def build_world_rows() -> None:
    build_world(timezone.now().replace(second=0, microsecond=0))


def run_part(log: str, module: str, *words: str) -> None:
    """Run a program of the service, as `python -m` does. What it prints goes into its log."""
    with open(log, "ab") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    sys.stdout, sys.argv = sys.__stdout__, [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def sign_in(name: str) -> None:
    """Print the key of a session in which this person has shown both factors."""
    client = sign_client_in(Client(), User.objects.get(email=f"{name}@example.org"))
    print(client.cookies["sessionid"].value)


def run_due() -> None:
    """Run what the system's own timer runs."""
    call_command("run_due")


def set_ladder(apart: str = "2", repeats: str = "3") -> None:
    """Make a ladder whose rungs are `apart` seconds apart, and whose last rung repeats every `repeats` seconds."""
    ladder = LadderVersion.objects.create(number=2, in_force_from=timezone.now())
    for side, audiences in ((Side.CHARITY, CHARITY), (Side.AGENCY, AGENCY)):
        Clock.objects.create(
            ladder=ladder,
            level=Level.URGENT,
            side=side,
            acknowledge_within=timedelta(seconds=4),
            act_within=timedelta(seconds=60),
            repeat_every=timedelta(seconds=float(repeats)),
            day_and_night=True,
        )
        for position, audience in enumerate(audiences):
            Rung.objects.create(
                ladder=ladder,
                level=Level.URGENT,
                side=side,
                position=position,
                audience=audience,
                after=timedelta(seconds=float(apart) * position),
            )


def raise_worries(count: str, seconds_ago: str = "0") -> None:
    """Let Ben raise concerns, so many seconds ago. The coordinator's reminder is due half an hour after that."""
    at = timezone.now() - timedelta(seconds=float(seconds_ago))
    for _ in range(int(count)):
        raise_concern(
            Circle.objects.get(reference="C-0142"),
            submit_key=uuid4(),
            level=Level.URGENT,
            words="He has a second telephone.",
            by=User.objects.get(email="ben@example.org"),
            at=at,
        )


def keep_raising(count: str, pause: str) -> None:
    """Let Ben raise so many, one after another. Prints a line for each receipt: its key, and how long he waited for it.

    Where no receipt comes he presses again with the same key, as the form does.
    """
    for _ in range(int(count)):
        key, began = uuid4(), time.monotonic()
        while not _press_once(key):
            time.sleep(0.1)
        print(key, f"{time.monotonic() - began:.3f}", flush=True)
        time.sleep(float(pause))


def _press_once(key: UUID) -> bool:
    """Press the button once. Says whether a receipt came."""
    try:
        raise_concern(
            Circle.objects.get(reference="C-0142"),
            submit_key=key,
            level=Level.URGENT,
            words="He has a second telephone.",
            by=User.objects.get(email="ben@example.org"),
            at=timezone.now(),
        )
    except (InterfaceError, OperationalError):
        connections.close_all()
        return False
    return True


__all__ = ["celery_app"]

ACTS = {
    act.__name__: act for act in (build_world_rows, run_part, sign_in, run_due, set_ladder, raise_worries, keep_raising)
}
