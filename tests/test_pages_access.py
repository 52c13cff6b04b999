"""May each person open each page? The whole table, through the client."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.pages import NOT_PAGES, PAGES
from tests.table import PEOPLE, Page
from tests.world import World


def names(resolver: URLResolver, prefix: str = "") -> set[str]:
    """Every name in the address book."""
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            deeper = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= names(pattern, deeper)
        elif isinstance(pattern, URLPattern):
            found.add(f"{prefix}{pattern.name}")
    return found


def test_no_page_ships_without_someone_having_said_who_may_open_it() -> None:
    in_table = {page.name for page in PAGES}
    in_book = names(get_resolver())
    assert in_book - in_table - set(NOT_PAGES) == set()


def test_the_table_names_no_page_that_is_gone() -> None:
    assert {page.name for page in PAGES} | set(NOT_PAGES) <= names(get_resolver())


def test_every_row_of_the_table_says_something_of_everybody() -> None:
    for page in PAGES:
        assert set(page.opens) == set(PEOPLE), page.name


def status_for(page: Page, world: World, client: Client, arguments: list[object]) -> int:
    """What this browser gets, with whatever it did undone."""
    address = reverse(page.name, args=arguments)
    try:
        with transaction.atomic():
            data = page.posts(world) if page.posts else None
            answer = client.post(address, data) if data is not None else client.get(address)
            if answer.status_code in {302, 303} and "/login" in answer["Location"]:
                raise Undone(302)
            raise Undone(200 if page.posts and answer.status_code in {302, 303} else answer.status_code)
    except Undone as undone:
        return undone.status


class Undone(Exception):
    """Carries an answer out of a transaction that is rolled back."""

    def __init__(self, status: int) -> None:
        self.status = status


@pytest.mark.parametrize("page", PAGES, ids=[f"{page.name}{' POST' if page.posts else ''}" for page in PAGES])
def test_each_person_may_open_what_the_table_says(
    page: Page, world: World, as_person: Callable[[User], Client]
) -> None:
    arguments = page.of(world)
    got = {}
    for column, name in PEOPLE.items():
        client = Client() if name is None else as_person(world.people[name])
        got[column] = status_for(page, world, client, arguments)
    assert got == page.opens
