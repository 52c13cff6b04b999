"""The README's pictures of the first pages; the picture of the log is taken on the road."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, TELEPHONE
from tests.browser.pictures import take_picture

pytestmark = pytest.mark.browser

Become = Callable[..., Page]


def test_a_volunteers_first_page(context_of: Callable[..., BrowserContext], become: Become) -> None:
    page = become(context_of(TELEPHONE, device_scale_factor=2).new_page(), "Esther Cole")
    expect(page.get_by_role("button", name="Something worries me")).to_be_visible()
    take_picture(page, "volunteer-home.png")


def test_a_liaisons_queue_and_a_concern(context_of: Callable[..., BrowserContext], become: Become) -> None:
    page = become(context_of(DESK).new_page(), "Femi Okafor")
    page.get_by_role("link", name="My queues").click()
    page.get_by_role("link", name="Cambridgeshire queue").click()
    expect(page.get_by_text("The checker")).to_be_visible(timeout=20_000)
    take_picture(page, "liaison-queue.png")
    page.locator(".wm-row__title a").first.click()
    expect(page.get_by_role("heading", name="So far")).to_be_visible()
    take_picture(page, "concern.png")
