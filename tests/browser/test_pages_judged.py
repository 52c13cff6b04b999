"""Every page of the table fits a telephone of 360 pixels, and axe finds nothing on it, for anybody who may open it.

Everybody's page is made; of a row's pages that show the same kinds of thing one is opened, and measured each time
(features.py says what counts). axe is asked only where a page shows what stood on none that it found faultless
before, in this row or another: it would say the same again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import Browser

from accounts.models import User
from tests.browser.features import Feature, features_of, pages_to_judge, repeated_ids
from tests.browser.page_server import running_page_server
from tests.page_answers import answers_to
from tests.pages import PAGES
from tests.table import Page as Row
from tests.world import World

pytestmark = pytest.mark.browser

ROWS = [row for row in PAGES if row.axe and row.posts is None and 200 in row.opens.values()]
TALL = {"width": 360, "height": 2400}
"""A telephone's width; tall, so that nothing lies under the bar at the foot."""

FAULTS = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
TOO_WIDE = """() => document.documentElement.scrollWidth <= 360 ? [] : [
    `the page is ${document.documentElement.scrollWidth} wide`,
    ...[...document.querySelectorAll("main *")]
        .filter((part) => part.getBoundingClientRect().right > 361 && !part.children.length)
        .slice(0, 3).map((part) => part.outerHTML.slice(0, 120))]"""

FAULTLESS: set[Feature] = set()
"""What stood on pages in which axe found nothing."""


@pytest.fixture(scope="session")
def judge(browser: Browser) -> Iterator[Callable[[str], list[str]]]:
    """A function that says what is wrong with a page. The page has the service's own static files and script."""
    context = browser.new_context(viewport=TALL)  # type: ignore[arg-type]
    context.add_init_script(AXE_SCRIPT)
    page = context.new_page()
    with running_page_server() as desk:

        def faults_of(html: str) -> list[str]:
            page.goto(desk.lay(html))
            too_wide: list[str] = page.evaluate(TOO_WIDE)
            if features_of(html) <= FAULTLESS:
                return too_wide
            found = [
                f"{fault['id']}: {node['html'][:160]}" for fault in page.evaluate(FAULTS) for node in fault["nodes"]
            ]
            if not found:
                FAULTLESS.update(features_of(html))
            return too_wide + found

        yield faults_of
    context.close()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_page_fits_and_axe_finds_nothing_for_anybody_who_may_open_it(
    row: Row, world: World, as_person: Callable[[User], Client], judge: Callable[[str], list[str]]
) -> None:
    opened = {column: answer.html for column, answer in answers_to(row, world, as_person).items() if answer.html}
    assert opened
    assert {column: repeated_ids(html) for column, html in opened.items() if repeated_ids(html)} == {}
    assert [fault for html in pages_to_judge(list(opened.values())) for fault in judge(html)] == []
