"""Does a page cost the number of queries the table says, however long its list?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alerts.watch.heartbeat import record_heartbeat
from concerns.watch.sweep import CHECKER
from tests.pages import PAGES
from tests.table import PEOPLE, Page
from tests.world import World

COUNTED = [page for page in PAGES if page.queries is not None]
MOST = 15
"""No page may cost more queries than this."""


def first_who_may(page: Page, world: World) -> User:
    column = page.counts_as or next(column for column, status in page.opens.items() if status == 200 and PEOPLE[column])
    return world.people[str(PEOPLE[column])]


def cost(page: Page, client: Client, arguments: list[object]) -> tuple[int, str]:
    """The queries of a second opening, and what they ask: what is first found once, or first seen, is not counted."""
    address = reverse(page.name, args=arguments)
    record_heartbeat(CHECKER, at=timezone.now())
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    counted = [
        query["sql"] for query in captured.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    return len(counted), "\n".join(counted)


@pytest.mark.parametrize("page", COUNTED, ids=[page.name for page in COUNTED])
def test_a_page_costs_what_the_table_says_and_a_longer_list_costs_no_more(
    page: Page, world: World, as_person: Callable[[User], Client]
) -> None:
    client, arguments = as_person(first_who_may(page, world)), page.make(world)
    count, told = cost(page, client, arguments)
    assert count == page.queries, f"{page.name} cost {count}:\n{told}"
    if page.grows is None:
        return
    page.grows(world)
    before, _ = cost(page, client, arguments)
    page.grows(world)
    after, told = cost(page, client, arguments)
    assert after == before, f"{page.name} grew from {before} to {after}:\n{told}"


def test_no_page_is_dear() -> None:
    assert [page.name for page in COUNTED if page.queries is not None and page.queries > MOST] == []
