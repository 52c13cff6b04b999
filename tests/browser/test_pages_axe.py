"""axe finds nothing on any page of the table, for anybody who may open it.

Everybody's page is made; of pages that show the same kinds of thing one is judged (features.py says what counts).
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from accounts.models import User
from tests.browser.features import repeated_ids, worth_judging
from tests.pages import PAGES
from tests.table import PEOPLE
from tests.table import Page as Row
from tests.world import World

pytestmark = pytest.mark.browser

ROWS = [row for row in PAGES if row.axe and row.posts is None and 200 in row.opens.values()]
ORIGIN = "http://waymark.test"
TALL = {"width": 360, "height": 2400}
"""A telephone's width; tall, so that nothing lies under the bar at the foot."""


class Undone(Exception):
    """Leaves a transaction that is rolled back."""


def rendered(row: Row, world: World, client: Client, arguments: list[object]) -> str:
    html = ""
    try:
        with transaction.atomic():
            answer = client.get(reverse(row.name, args=arguments))
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                html = answer.content.decode()
            raise Undone
    except Undone:
        return html


def serve(route: Route, pages: dict[str, str]) -> None:
    """The page under test, and the service's own static files, without a server."""
    path = route.request.url.removeprefix(ORIGIN)
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html")
        return
    found = finders.find(path.removeprefix("/static/"))
    if not isinstance(found, str):
        route.fulfill(status=404, body="")
        return
    kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
    route.fulfill(body=Path(found).read_bytes(), content_type=kind)


@pytest.fixture(scope="module")
def tall(browser: Browser) -> Iterator[tuple[Page, dict[str, str]]]:
    pages: dict[str, str] = {}
    context = browser.new_context(viewport=TALL)  # type: ignore[arg-type]
    page = context.new_page()
    page.route("**/*", lambda route: serve(route, pages))
    yield page, pages
    context.close()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_axe_finds_nothing_for_anybody_who_may_open_it(
    row: Row, world: World, as_person: Callable[[User], Client], tall: tuple[Page, dict[str, str]]
) -> None:
    arguments = row.of(world)
    opened: dict[str, str] = {}
    for column, status in row.opens.items():
        if status != 200:
            continue
        name = PEOPLE[column]
        client = Client() if name is None else as_person(world.people[name])
        html = rendered(row, world, client, arguments)
        if html:
            opened[column] = html
    assert opened
    assert {column: repeated_ids(html) for column, html in opened.items() if repeated_ids(html)} == {}
    page, pages = tall
    faults = []
    for html in worth_judging(list(opened.values())):
        pages["/page"] = html
        page.goto(f"{ORIGIN}/page")
        found = Axe().run(page)
        faults += [
            f"{fault['id']}: {node['html'][:160]}" for fault in found.response["violations"] for node in fault["nodes"]
        ]
    assert faults == []
