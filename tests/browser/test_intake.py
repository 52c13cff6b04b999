"""A worry is sent on a telephone: by keys alone, without scripts, and after a call."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import TELEPHONE

pytestmark = pytest.mark.browser

Become = Callable[..., Page]
WORDS = "P said he has a second telephone that nobody knows of."


def open_worry_form(page: Page, demo: str) -> None:
    page.goto(f"{demo}/concerns/new/")
    page.get_by_role("button", name="No, but something worries me").first.click()


def test_with_no_script_two_taps_and_a_sentence_are_enough_and_everything_else_can_be_said(
    demo: str, context_of: Callable[..., BrowserContext], become: Become
) -> None:
    page = become(context_of(TELEPHONE, java_script_enabled=False).new_page(), "Esther Cole")
    open_worry_form(page, demo)
    page.get_by_label("What did you see or hear?").fill(WORDS)
    expect(page.get_by_label("Who, in a few words?")).to_be_visible()
    page.get_by_text("Worth keeping, no harm that I can see").click()
    page.get_by_text("What it is about, and what you think of it").click()
    page.get_by_text("Possible breach of licence").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Your answers make it Urgent: a possible breach.")).to_be_visible()
    page.get_by_text("I have telephoned: record who, and when").click()
    page.get_by_text("The person on call", exact=True).click()
    page.get_by_text("Nobody answered", exact=True).click()
    page.get_by_role("button", name="Record the call").click()
    expect(page.get_by_role("heading", name="Who you telephoned")).to_be_visible()


def test_by_keys_alone_at_360_pixels_and_nothing_runs_out_of_the_screen(
    demo: str, context_of: Callable[..., BrowserContext], become: Become
) -> None:
    page = become(context_of(TELEPHONE).new_page(), "Esther Cole")
    open_worry_form(page, demo)
    expect(page.get_by_label("Who, in a few words?")).to_be_hidden()
    page.get_by_label("What did you see or hear?").focus()
    page.keyboard.type(WORDS)
    for keys in ("Tab", "Tab", "Space", "Tab", "Space"):
        page.keyboard.press(keys)
    expect(page.get_by_role("group", name="Is it still going on?").get_by_label("Yes", exact=True)).to_be_checked()
    expect(
        page.get_by_role("group", name="Could anyone tell who the child or adult at risk is?").get_by_label(
            "Yes, a child"
        )
    ).to_be_checked()
    expect(page.get_by_label("Who, in a few words?")).to_be_visible()
    for keys in ("Tab", "Tab", "Space"):
        page.keyboard.press(keys)
    for section in page.locator("summary").all():
        section.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    expect(page.get_by_text("Sent and stored")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
