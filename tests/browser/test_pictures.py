"""The README's four pictures, taken from the running demo; WRITE_PICTURES=1 keeps them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, ROOT, TELEPHONE

pytestmark = pytest.mark.browser

PICTURES = ROOT / "docs" / "pictures"
Become = Callable[[Page, str], Page]


def keep(page: Page, name: str, folder: Path) -> None:
    """Take the picture; keep it among the documents when asked to."""
    taken = page.screenshot(path=folder / name, animations="disabled")
    if os.environ.get("WRITE_PICTURES"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / name).write_bytes(taken)
    assert len(taken) > 10_000
    assert (PICTURES / name).exists(), f"docs/pictures/{name} is missing: run with WRITE_PICTURES=1"


def test_a_volunteers_first_page_and_tonights_log(
    context_of: Callable[..., BrowserContext], become: Become, tmp_path: Path
) -> None:
    page = become(context_of(TELEPHONE, device_scale_factor=2).new_page(), "Esther Cole")
    expect(page.get_by_role("button", name="Something worries me")).to_be_visible()
    keep(page, "volunteer-home.png", tmp_path)
    page.get_by_role("button", name="log").click()
    page.get_by_text("Yes, something small or unclear").click()
    page.get_by_label("What was seen or heard?").fill("P has been mending bikes for a neighbour's two boys.")
    expect(page.get_by_role("heading", name="Did anything worry anyone tonight?")).to_be_visible()
    keep(page, "doorstep-log.png", tmp_path)


def test_a_liaisons_queue_and_a_concern(
    context_of: Callable[..., BrowserContext], become: Become, tmp_path: Path
) -> None:
    page = become(context_of(DESK).new_page(), "Femi Okafor")
    page.get_by_role("link", name="My queues").click()
    page.get_by_role("link", name="Cambridgeshire queue").click()
    expect(page.get_by_text("The checker")).to_be_visible(timeout=20_000)
    keep(page, "liaison-queue.png", tmp_path)
    page.locator(".wm-row__title a").first.click()
    expect(page.get_by_role("heading", name="So far")).to_be_visible()
    keep(page, "concern.png", tmp_path)
