"""Axe judges every component of the gallery at a telephone's width and at a desk's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from tests.browser.conftest import DESK, TELEPHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [{**TELEPHONE, "height": 9000}, {**DESK, "height": 6000}], ids=["telephone", "desk"])
def test_axe_finds_nothing_among_the_parts(
    size: dict[str, int], context_of: Callable[..., BrowserContext], demo: str
) -> None:
    page = context_of(size).new_page()
    page.goto(f"{demo}/demo/gallery/")
    found = Axe().run(page)
    assert [violation["id"] for violation in found.response["violations"]] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_link_that_looks_like_a_button_is_pressed_by_the_space_bar(
    context_of: Callable[..., BrowserContext], demo: str
) -> None:
    page = context_of(DESK).new_page()
    page.goto(f"{demo}/demo/gallery/")
    page.get_by_role("button", name="A link that leads on").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/demo/gallery/#top")
