"""The access suite can bite: with sight of everything given away, it must fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import models
from django.test import Client

from accounts.models import User
from circles.models import Circle, Meeting
from concerns.models import Concern, Queue
from offenders.models import CoreMember
from tests.pages import PAGES
from tests.table import PEOPLE
from tests.test_pages_access import status_for
from tests.world import World
from volunteers.models import Volunteer

WALLS = [Circle, Meeting, Concern, Queue, CoreMember, Volunteer]
"""Every model whose rows a page opens by reference."""


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


def leaks(world: World, as_person: Callable[[User], Client]) -> int:
    """How many cells of the table come out wrong."""
    wrong = 0
    for page in PAGES:
        if page.posts is not None:
            continue
        arguments = page.of(world)
        for column, name in PEOPLE.items():
            if page.opens[column] == 404 and name is not None:
                client = as_person(world.people[name])
                client.raise_request_exception = False
                wrong += status_for(page, world, client, arguments) != 404
    return wrong


@pytest.mark.parametrize("model", WALLS, ids=[model.__name__ for model in WALLS])
def test_the_suite_notices_a_missing_wall(
    model: type[models.Model], world: World, as_person: Callable[[User], Client]
) -> None:
    with without_wall(model):
        assert leaks(world, as_person) > 0
