"""The access suite can bite: with sight of everything given away, it must fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import models, transaction
from django.test import Client

from accounts.models import User
from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.venue.models import Venue
from concerns.concern.models import Concern
from concerns.low_level.models import LowLevelConcern
from concerns.queue.models import Queue
from concerns.share.models import Share
from offenders.core_member.models import CoreMember
from tests.answers import answer_to
from tests.pages import PAGES
from tests.table import PEOPLE, Page
from tests.world import World
from volunteers.volunteer.models import Volunteer

WALLS = [Circle, Meeting, Concern, Queue, CoreMember, Volunteer, Venue, Share, LowLevelConcern]
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


def likeliest_first(model: type[models.Model]) -> list[Page]:
    """The pages of this record, then those of its app, then all others: the order changes the time, not the answer."""
    named, app = model.__name__.lower(), model._meta.app_label

    def how_far(page: Page) -> tuple[bool, bool]:
        room, _, name = page.name.rpartition(":")
        name = name.replace("_", "")
        return room != app, not (name in named or named in name)

    return sorted(PAGES, key=how_far)


def a_page_that_leaks(pages: list[Page], world: World, as_person: Callable[[User], Client]) -> str | None:
    """The first page that opens to somebody the table says it does not exist for."""
    clients = {column: as_person(world.people[name]) for column, name in PEOPLE.items() if name is not None}
    for client in clients.values():
        client.raise_request_exception = False
    for page in pages:
        hidden_from = [column for column in clients if page.opens[column] == 404]
        if page.posts is not None or not hidden_from:
            continue
        with undone():
            arguments = page.make(world)
            for column in hidden_from:
                if answer_to(page, world, clients[column], arguments).status != 404:
                    return page.name
    return None


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a page needed made is gone when the block ends."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("model", WALLS, ids=[model.__name__ for model in WALLS])
def test_the_suite_notices_a_missing_wall(
    model: type[models.Model], world: World, as_person: Callable[[User], Client]
) -> None:
    with without_wall(model):
        assert a_page_that_leaks(likeliest_first(model), world, as_person) is not None
