"""How long the things take that somebody waits for: pages, raising, firing. Medians, with the worst beside them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from concerns.models import EscalationStep
from concerns.operations import run_due
from tests.concerns.engine.raising import worry
from tests.pages import PAGES
from tests.table import Page
from tests.test_pages_queries import first_who_may
from tests.world import World

TIMES = 15
SHOWN = ["home", "circles:circle", "circles:log_page", "concerns:queue", "concerns:concern", "audit:entries"]
CHOSEN = [next(page for page in PAGES if page.name == name and page.posts is None) for name in SHOWN]


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    into.append((time.perf_counter() - began) * 1000)


def say(what: str, taken: list[float]) -> None:
    print(
        f"\n{what:32} median {statistics.median(taken):8.1f} ms   worst {max(taken):8.1f} ms   n {len(taken)}", end=""
    )


@pytest.mark.parametrize("page", CHOSEN, ids=SHOWN)
def test_a_page_of_each_kind(page: Page, world: World, as_person: Callable[[User], Client]) -> None:
    address, client = reverse(page.name, args=page.of(world)), as_person(first_who_may(page, world))
    client.get(address)
    taken: list[float] = []
    for _ in range(TIMES):
        with timed(taken):
            assert client.get(address).status_code == 200
    say(page.name, taken)


def test_raising_and_firing(world: World) -> None:
    raising: list[float] = []
    for _ in range(TIMES * 2):
        with timed(raising):
            worry(world)
    say("raising a concern", raising)
    due = world.now + timedelta(hours=3)
    before = EscalationStep.objects.due(due).count()
    assert before
    firing: list[float] = []
    with timed(firing):
        run_due(at=due)
    assert EscalationStep.objects.due(due).count() == 0
    say(f"firing {before} due steps", firing)
