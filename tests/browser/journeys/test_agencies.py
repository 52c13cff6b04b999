"""At the agencies: Ralph works his queue by keyboard, and Sunita, who coordinates MAPPA, moves what nobody took."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, TELEPHONE
from tests.browser.journeys.steps import Become, press_on, raise_one

pytestmark = pytest.mark.browser

REFRESHED = 16_000
"""A little more than the list's fifteen seconds."""


def row_in_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('[data-row]')?.dataset.row ?? ''"))


def step_to(page: Page, reference: str) -> None:
    """Press j until the row has the focus."""
    page.get_by_role("region", name="Concerns in this queue").focus()
    for _ in range(30):
        page.keyboard.press("j")
        if row_in_focus(page) == reference:
            return
    raise AssertionError(f"j never reaches {reference}")


def test_ralph_claims_takes_on_and_answers_with_the_keyboard_alone(
    context_of: Callable[..., BrowserContext], become: Become, demo: str
) -> None:
    phone = become(context_of(TELEPHONE).new_page(), "Kezia Boateng")
    reference = raise_one(phone, demo, "C-0133", "He waits at the school gate in the afternoons.")
    desk = become(context_of(DESK).new_page(), "Ralph Toomey")
    desk.get_by_role("link", name="My queues").click()
    desk.clock.install()
    desk.get_by_role("link", name="Suffolk queue").click()
    step_to(desk, reference)
    with desk.expect_response(lambda answer: "/concerns/queues/" in answer.url):
        desk.clock.fast_forward(REFRESHED)
    desk.wait_for_timeout(200)
    assert row_in_focus(desk) == reference, "the list refreshed itself and kept his place"
    desk.keyboard.press("o")
    expect(desk.get_by_text("He waits at the school gate")).to_be_visible()
    press_on(desk, "I am reading this")
    expect(desk.get_by_role("button", name="I am no longer reading this")).to_be_visible()
    desk.get_by_role("radio", name="In half an hour").focus()
    desk.keyboard.press("Space")
    desk.get_by_label("What you will do").focus()
    desk.keyboard.type("Visit this afternoon.")
    press_on(desk, "I am dealing with it")
    expect(desk.get_by_text("has it until").first).to_be_visible()
    desk.locator("#answer summary").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("What came of it").select_option("visit")
    desk.get_by_label("In a sentence or two").focus()
    desk.keyboard.type("Visited. He will not go there again.")
    desk.locator("#answer").get_by_role("button", name="Record").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Answered").first).to_be_visible()


def test_what_is_half_typed_outside_the_list_outlives_a_refresh(desk: Page, become: Become, demo: str) -> None:
    become(desk, "Femi Okafor")
    desk.get_by_role("link", name="My queues").click()
    desk.clock.install()
    desk.get_by_role("link", name="Cambridgeshire queue").click()
    desk.get_by_role("link", name="Urgent").first.click()
    desk.get_by_label("Save this view as").fill("Only urg")
    with desk.expect_response(lambda answer: "/concerns/queues/" in answer.url):
        desk.clock.fast_forward(REFRESHED)
    desk.wait_for_timeout(200)
    assert desk.get_by_label("Save this view as").input_value() == "Only urg"
    assert desk.evaluate("document.activeElement.tagName") == "INPUT"


TOLD_HER = "Told: the MAPPA coordinator"
"""What stands in the story of a concern that has climbed to her; others nobody has are not yet hers."""


def test_sunita_is_shown_what_nobody_took_and_moves_it_and_then_sees_it_no_more(
    desk: Page, become: Become, demo: str
) -> None:
    become(desk, "Sunita Rao")
    waiting = desk.get_by_role("link", name="A concern nobody has yet").all()
    addresses = [str(link.get_attribute("href")) for link in waiting]
    address = next(each for each in addresses if TOLD_HER in str(desk.goto(f"{demo}{each}").text()))  # type: ignore[union-attr]
    expect(desk.get_by_text(TOLD_HER).first).to_be_visible()
    desk.get_by_role("link", name="Triage").click()
    desk.locator("summary", has_text="Move it to another queue").click()
    desk.get_by_label("To which queue").select_option(label="Norfolk queue")
    desk.get_by_label("Why it belongs there").fill("He has moved to Norwich.")
    desk.locator("#move").get_by_role("button", name="Record").click()
    expect(desk.get_by_text("It is with others now, and you no longer see it.")).to_be_visible()
    become(desk, "Mina Petrov")
    desk.goto(f"{demo}{address}")
    expect(desk.get_by_text("He has moved to Norwich.").first).to_be_visible()
