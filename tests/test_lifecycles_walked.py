"""Every arrow that docs/lifecycles.md draws is taken by somebody who presses something on a page, or by a clock.

The moves really made are collected while every form of the page table is sent, and then the named tries; both are
compared with the tables. So an arrow that is drawn and that no page takes fails here, as soon as it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.records import Moving
from tests.form_posts import POSTS, sender_of, with_form_key
from tests.lifecycle_tries import CLOCKS, TRIES
from tests.page_answers import RolledBack
from tests.table import Page
from tests.test_docs_fresh import moving_models
from tests.world import World, load_world

Arrow = tuple[str, str, str]
"""A model, the state before and the state after."""

As = Callable[[User], Client]

APPS = sorted({model._meta.app_label for model in moving_models()})


def arrows() -> set[Arrow]:
    """Every arrow that is drawn."""
    return {
        (model._meta.label, str(now.value), str(then.value))
        for model in moving_models()
        for now in model.LIFECYCLE.states
        for then in model.LIFECYCLE.states_after(now)
    }


@contextmanager
def note_moves(taken: set[Arrow]) -> Iterator[None]:
    """Add each move that is made until the block ends."""
    move = Moving.move

    def watched(record: Moving, to: Any, **more: Any) -> None:
        before = str(record.status)
        move(record, to, **more)
        taken.add((record._meta.label, before, str(to.value)))

    with patch.object(Moving, "move", watched):
        yield


def moves_of_page(page: Page, now: datetime, as_person: As) -> set[Arrow]:
    """The moves that pressing this page's button makes, if it leads on. Whatever was made is gone afterwards."""
    found: set[Arrow] = set()
    assert page.posts is not None
    try:
        with transaction.atomic():
            world = load_world(now)
            arguments, person = page.make(world), sender_of(page, world)
            client, sent = as_person(person), with_form_key(page.posts(world), person)
            with note_moves(found):
                answer = client.post(reverse(page.name, args=arguments), sent)
            raise RolledBack(answer.status_code)  # type: ignore[arg-type]
    except RolledBack as rolled_back:
        status: Any = rolled_back.answer
        return found if status in {302, 303} else set()


def moves_of_clock(clock: Callable[[World], object], now: datetime) -> set[Arrow]:
    """The moves that a clock makes by itself. Whatever was made is gone afterwards."""
    found: set[Arrow] = set()
    with transaction.atomic():
        with note_moves(found):
            clock(load_world(now))
        transaction.set_rollback(True)
    return found


def rows_of(app: str) -> list[Page]:
    return [page for page in POSTS if page.name.startswith(f"{app}:")]


@pytest.mark.parametrize("app", APPS)
def test_every_arrow_is_taken_on_a_page(app: str, world: World, as_person: As) -> None:
    """The tries, each of which takes an arrow, and then the table's forms until nothing is left to take."""
    left, idle = {arrow for arrow in arrows() if arrow[0].split(".")[0] == app}, []
    for page in TRIES.get(app, []):
        found = moves_of_page(page, world.now, as_person)
        idle += [] if found & left else [page.name]
        left -= found
    for clock in CLOCKS.get(app, []):
        left -= moves_of_clock(clock, world.now)
    for page in rows_of(app):
        if left:
            left -= moves_of_page(page, world.now, as_person)
    assert not left, "no page takes: " + ", ".join(" ".join(arrow) for arrow in sorted(left))
    assert idle == [], "what takes no arrow is no try"
