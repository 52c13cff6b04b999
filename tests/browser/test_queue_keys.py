"""A liaison works a queue by the keyboard: the list is three steps from the top of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Become = Callable[..., Page]


def test_the_first_concern_is_reached_in_five_keys(desk: Page, become: Become) -> None:
    become(desk, "Femi Okafor")
    desk.get_by_role("link", name="My queues").click()
    desk.get_by_role("link", name="Cambridgeshire queue").click()
    rows = desk.locator("[data-row]")
    expect(rows.first).to_be_visible()
    for _ in range(2):
        desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to the concerns")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("j")
    expect(rows.first.locator("a").first).to_be_focused()
