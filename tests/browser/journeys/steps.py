"""Steps that several journeys share."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from embedded.demo_data import CIRCLES

Become = Callable[..., Page]
REFERENCE = re.compile(r"^K-[0-9A-Z]{5}$")


def raise_one(page: Page, demo: str, circle: str, words: str, level: str = "It should not wait") -> str:
    """Raise a concern on a telephone, as a volunteer does. Gives the reference on the receipt."""
    assert circle in {circle.reference for circle in CIRCLES}
    page.goto(f"{demo}/concerns/new/{circle}/")
    page.get_by_text(level).click()
    page.get_by_label("What did you see or hear?").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sent and stored")).to_be_visible()
    reference = page.locator("h1").inner_text().strip()
    assert REFERENCE.match(reference)
    return reference


def open_concern(page: Page, demo: str, reference: str) -> None:
    page.goto(f"{demo}/concerns/{reference}/")
    expect(page.get_by_text(reference).first).to_be_visible()


def act(page: Page, words: str) -> None:
    """Open one of the acts on the concern's page."""
    page.locator("summary", has_text=words).click()


def acknowledge_concern(page: Page, plan: str) -> None:
    """Acknowledge the concern, until the first of the times offered."""
    page.locator("#acknowledge").get_by_role("radio").first.check()
    page.get_by_label("What you will do").fill(plan)
    page.get_by_role("button", name="I am dealing with it").click()
    expect(page.get_by_text("has it until").first).to_be_visible()


def press_on(page: Page, button: str) -> None:
    """Reach a button and press it without a pointer."""
    page.get_by_role("button", name=button, exact=True).focus()
    page.keyboard.press("Enter")
