"""The demo keeps every promise the watcher looks at; it has one concern that nobody took, which is told again and again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK

pytestmark = pytest.mark.browser


def test_in_the_demo_every_queue_has_two_who_can_be_reached_and_could_sign_in(
    context_of: Callable[..., BrowserContext], become: Callable[..., Page], demo: str
) -> None:
    page = become(context_of(DESK).new_page(), "Hana Reid", "/status/")
    expect(page.get_by_role("heading", name="Is Waymark working?")).to_be_visible()
    expect(page.get_by_role("heading", name="Checked")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("fewer than two people")
    for broken in ("no next step", "overdue", "stuck", "behind what was written", "may be late"):
        expect(page.locator("main")).not_to_contain_text(broken)
    expect(page.locator("main")).to_contain_text("1 concern nobody has, though everybody was told")
