"""The page table can bite: with sight of everything given away, it must fail.

Every model whose rows a page opens by reference is found in the code (tests/architecture/walls.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import models, transaction
from django.test import Client

from accounts.models import User
from tests.architecture.walls import openers_by_model, views_that_open
from tests.page_answers import answer_to
from tests.pages import PAGES
from tests.table import PEOPLE, Page
from tests.world import World


@contextmanager
def without_wall(model: type[models.Model]) -> Iterator[None]:
    """Everybody sees every row of this model, until the block ends."""
    queryset = type(model._default_manager.all())
    kept = queryset.visible_to
    queryset.visible_to = lambda self, user: self.all()
    try:
        yield
    finally:
        queryset.visible_to = kept


def pages_through(model: type[models.Model]) -> list[Page]:
    """The pages that open a record of this model, told by what their views call."""
    names = views_that_open(model)
    return [page for page in PAGES if page.name in names]


def a_page_that_leaks(pages: list[Page], world: World, as_person: Callable[[User], Client]) -> str | None:
    """The first page that opens to somebody the table says it does not exist for."""
    clients = {column: as_person(world.people[name]) for column, name in PEOPLE.items() if name is not None}
    for client in clients.values():
        client.raise_request_exception = False
    for page in pages:
        hidden_from = [column for column in clients if page.opens[column] == 404]
        if not hidden_from:
            continue
        with undo_afterwards():
            arguments = page.make(world)
            for column in hidden_from:
                if answer_to(page, world, clients[column], arguments, column).status != 404:
                    return page.name
    return None


@contextmanager
def undo_afterwards() -> Iterator[None]:
    """Whatever a page needed made is gone when the block ends."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


NO_SECRET = {
    "Holiday": "everybody sees the holidays; who may change one is asked by an act",
    "CriteriaSet": "everybody sees the criteria; who reads and changes them on a page is asked by an act",
    "Criterion": "the same",
}
"""Models that a page opens by reference and hides from nobody."""

WALLS = sorted(
    (model for model in openers_by_model() if model.__name__ not in NO_SECRET), key=lambda model: model.__name__
)


def test_the_walls_are_found() -> None:
    assert {"Circle", "Meeting", "Concern", "Queue", "CoreMember"} <= {model.__name__ for model in WALLS}
    assert len(WALLS) > 15


@pytest.mark.parametrize("model", WALLS, ids=[model.__name__ for model in WALLS])
def test_the_suite_notices_a_missing_wall(
    model: type[models.Model], world: World, as_person: Callable[[User], Client]
) -> None:
    with without_wall(model):
        assert a_page_that_leaks(pages_through(model), world, as_person) is not None
