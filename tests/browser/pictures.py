"""Takes the README's four pictures from the running demo. WRITE_PICTURES=1 keeps them."""

from __future__ import annotations

import os

from playwright.sync_api import Page

from tests.browser.conftest import ROOT

PICTURES = ROOT / "docs" / "pictures"


def take_picture(page: Page, name: str) -> None:
    """Take the picture, and keep it among the documents if WRITE_PICTURES=1."""
    taken = page.screenshot(animations="disabled")
    if os.environ.get("WRITE_PICTURES"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / name).write_bytes(taken)
    assert len(taken) > 10_000
    assert (PICTURES / name).exists(), f"docs/pictures/{name} is missing: run with WRITE_PICTURES=1"
