"""At the charity: Iris raises and hears, Marcus works a concern to its end, Fay is the second person and sees red."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, TELEPHONE
from tests.browser.journeys.steps import Become, acknowledge_concern, act, open_concern, raise_one

pytestmark = pytest.mark.browser


def test_iris_reads_what_came_of_her_last_worry_and_raises_another_on_her_telephone(
    phone: Page, become: Become, demo: str
) -> None:
    become(phone, "Iris Fenn")
    expect(phone.get_by_text("somebody has spoken with him").first).to_be_visible()
    reference = raise_one(phone, demo, "C-0133", "He asked where I live.", "Something small or unclear")
    expect(phone.get_by_text("What has happened so far")).to_be_visible()
    phone.goto(f"{demo}/concerns/mine/")
    expect(phone.get_by_text(reference).first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]


def test_marcus_takes_on_sorts_tells_answers_and_finishes_a_concern(
    context_of: Callable[..., BrowserContext], become: Become, demo: str
) -> None:
    phone = become(context_of(TELEPHONE).new_page(), "Harun Aziz")
    reference = raise_one(phone, demo, "C-0133", "He has stopped his medicine.", "Something small or unclear")
    desk = become(context_of(DESK).new_page(), "Marcus Webb")
    expect(desk.get_by_text(reference).first).to_be_visible()
    open_concern(desk, demo, reference)
    acknowledge_concern(desk, "Ring him in the morning.")
    desk.get_by_role("link", name="Triage").click()
    desk.locator("summary", has_text="How urgent it is").click()
    desk.get_by_role("radio", name="Priority").check()
    desk.locator("#triage").get_by_role("button", name="Record").click()
    expect(desk.get_by_text("Triaged: Priority, as before").first).to_be_visible()
    desk.get_by_role("link", name="What agencies were told").click()
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    open_concern(desk, demo, reference)
    act(desk, "Record the answer")
    desk.get_by_label("What came of it").select_option("discussed")
    desk.get_by_label("In a sentence or two").fill("He takes it again; his doctor knows.")
    desk.locator("#answer").get_by_role("button", name="Record").click()
    act(desk, "Tell the volunteer what came of it")
    desk.get_by_text("somebody has spoken with him").click()
    desk.get_by_role("button", name="Tell the volunteer").click()
    desk.get_by_role("button", name="Finish").click()
    expect(desk.get_by_text("Finished").first).to_be_visible()
    become(phone, "Harun Aziz")
    expect(phone.get_by_text("somebody has spoken with him").first).to_be_visible()


def test_fay_alone_lowers_an_immediate_with_a_reason(
    context_of: Callable[..., BrowserContext], become: Become, demo: str
) -> None:
    phone = become(context_of(TELEPHONE).new_page(), "Kezia Boateng", "/concerns/new/C-0133/danger/")
    phone.get_by_label("What did you see or hear?").fill("He shouted and threw a chair. He has gone home.")
    phone.get_by_role("button", name="Send as danger now").click()
    expect(phone.get_by_text("Sent and stored")).to_be_visible()
    reference = phone.locator("h1").inner_text().strip()
    desk = become(context_of(DESK).new_page(), "Marcus Webb")
    open_concern(desk, demo, reference)
    acknowledge_concern(desk, "Ring everybody who was there.")
    desk.get_by_role("link", name="Triage").click()
    desk.locator("summary", has_text="How urgent it is").click()
    expect(desk.get_by_text("The safeguarding lead or a manager may make it less urgent.")).to_be_visible()
    expect(desk.locator("#triage").get_by_role("radio")).to_have_count(1)
    become(desk, "Fay Osborne")
    open_concern(desk, demo, reference)
    lower_level(desk, "Everybody is home, and so is he.")
    expect(desk.get_by_text("Immediate became Urgent").first).to_be_visible()


def lower_level(page: Page, why: str) -> None:
    """Lower a concern to Urgent, on the page for triage."""
    page.get_by_role("link", name="Triage").click()
    page.locator("summary", has_text="How urgent it is").click()
    page.locator("#triage").get_by_role("radio", name="Urgent").check()
    page.locator("#triage").get_by_label("Why").fill(why)
    page.locator("#triage").get_by_role("button", name="Record").click()


def test_fay_sees_that_the_status_is_red_while_nobody_has_a_concern_whose_ladder_has_run_out(
    desk: Page, become: Become, demo: str
) -> None:
    become(desk, "Fay Osborne")
    expect(desk.get_by_role("link", name="Nobody has answered this in time").first).to_be_visible()
    desk.goto(f"{demo}/status/")
    expect(desk.get_by_text("nobody has, though everybody was told")).to_be_visible()


def test_alma_reads_the_handover_of_friday_night(desk: Page, become: Become, demo: str) -> None:
    become(desk, "Alma Farrowby", "/concerns/circles/C-0117/")
    desk.locator("article", has_text="Suicide or self-harm").get_by_role("link").first.click()
    desk.get_by_role("link", name="Handover from on call").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Handover of K-")
