"""Every page of the table fits a telephone of 360 pixels: nobody pushes a page sideways, for anybody who may open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser

from accounts.models import User
from tests.answers import answers_to
from tests.browser.desk import desk_of
from tests.browser.features import worth_judging
from tests.browser.test_pages_axe import ROWS
from tests.table import Page as Row
from tests.world import World

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 740}
TOO_WIDE = """() => document.documentElement.scrollWidth <= 360 ? [] : [
    `the page is ${document.documentElement.scrollWidth} wide`,
    ...[...document.querySelectorAll("main *")]
        .filter((part) => part.getBoundingClientRect().right > 361 && !part.children.length)
        .slice(0, 3).map((part) => part.outerHTML.slice(0, 120))]"""


@pytest.fixture(scope="module")
def too_wide(browser: Browser) -> Iterator[Callable[[str], list[str]]]:
    """What of a page does not fit."""
    context = browser.new_context(viewport=NARROW)  # type: ignore[arg-type]
    page = context.new_page()
    with desk_of() as desk:

        def judged(html: str) -> list[str]:
            page.goto(desk.lay(html))
            found: list[str] = page.evaluate(TOO_WIDE)
            return found

        yield judged
    context.close()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_page_fits_a_telephone(
    row: Row, world: World, as_person: Callable[[User], Client], too_wide: Callable[[str], list[str]]
) -> None:
    opened = [answer.html for answer in answers_to(row, world, as_person).values() if answer.html]
    assert opened
    assert [fault for html in worth_judging(opened) for fault in too_wide(html)] == []
