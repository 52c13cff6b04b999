"""Forms are sent from real browsers: an old one, one that loses the answer, one that goes back, one signed out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import TELEPHONE

pytestmark = pytest.mark.browser
Become = Callable[..., Page]
SCRIPTS = sorted((Path(__file__).resolve().parents[2] / "static" / "js").glob("*.js"))

LACKING = {
    "AbortSignal.timeout": "delete AbortSignal.timeout; delete AbortSignal.any",
    "structuredClone": "delete globalThis.structuredClone",
    "Array.at": "delete Array.prototype.at; delete String.prototype.at",
    "Array.findLast": "delete Array.prototype.findLast; delete Array.prototype.toSorted",
    "Object.hasOwn": "delete Object.hasOwn; delete Object.groupBy",
    "crypto.randomUUID": "delete Crypto.prototype.randomUUID",
    "dialog": "delete globalThis.HTMLDialogElement; delete HTMLElement.prototype.popover",
    "requestSubmit": "delete HTMLFormElement.prototype.requestSubmit",
    "submitter": "delete SubmitEvent.prototype.submitter",
    "FormData of a button": "const Old = FormData; globalThis.FormData = function (form) { return new Old(form) }",
    "inert": "delete HTMLElement.prototype.inert",
    "replaceAll": "delete String.prototype.replaceAll",
    "transitions": "delete globalThis.navigation; delete Document.prototype.startViewTransition",
}
"""What a telephone of 2021 does not have, and how a browser is made not to have it."""

YOUNG = (
    r"AbortSignal\.|structuredClone|\.at\(|findLast|toSorted|Object\.(hasOwn|groupBy)|randomUUID|showModal|popover"
    r"|requestSubmit|submitter|\.inert\b|replaceAll|startViewTransition|navigation\.|scheduler\.|:has\("
)


def write(page: Page, words: str, level: str = "Worth keeping") -> None:
    page.get_by_text(level).click()
    page.get_by_label("What did you see or hear?").fill(words)


@pytest.mark.parametrize("name", [*LACKING, "all of it"])
def test_a_worry_is_sent_from_a_browser_that_lacks(
    name: str, context_of: Callable[..., BrowserContext], become: Become
) -> None:
    context = context_of(TELEPHONE)
    context.add_init_script(LACKING.get(name) or ";".join(f"{{{each}}}" for each in LACKING.values()))
    page = become(context.new_page(), "Esther Cole", "/concerns/new/C-0142/")
    write(page, f"He spoke of a telephone that lacks {name}.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sent and stored")).to_be_visible()


def test_young_functions_stand_in_one_script_which_asks_for_them_first() -> None:
    using = {path.name: re.findall(YOUNG, code(path)) for path in SCRIPTS}
    assert len(using) > 5
    assert {name: young for name, young in using.items() if young and name != "sending.js"} == {}


def code(path: Path) -> str:
    return "\n".join(line for line in path.read_text().splitlines() if not line.strip().startswith("//"))


def cut_first_answer(page: Page, address: str) -> None:
    """Cut the first answer: the server has received the form, and the browser does not hear of it."""
    cut: list[bool] = []

    def handle(route: Route) -> None:
        if route.request.method != "POST" or cut:
            route.continue_()
            return
        cut.append(True)
        route.fetch(max_redirects=0)
        route.abort("internetdisconnected")

    page.route(address, handle)


def test_the_answer_is_lost_she_writes_more_and_both_are_stored(phone: Page, become: Become, demo: str) -> None:
    become(phone, "Esther Cole", "/concerns/new/C-0142/")
    cut_first_answer(phone, phone.url)
    write(phone, "He was late.")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_text("NOT SENT – telephone")).to_be_visible()
    write(phone, "He was late. He meets a girl of nine at four today.", "It should not wait")
    phone.get_by_role("button", name="Try again").click()
    expect(phone.get_by_text("Both are stored")).to_be_visible()


def test_going_back_after_sending_does_not_lead_to_the_form(phone: Page, become: Become, demo: str) -> None:
    become(phone, "Esther Cole", "/concerns/new/")
    phone.goto(f"{demo}/concerns/new/C-0142/")
    write(phone, "He has not slept.")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_text("Sent and stored")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_text("Not sent yet")).to_have_count(0)
    expect(phone.get_by_label("What did you see or hear?")).to_have_count(0)


WORDS = "I want to cook for myself, every Sunday."


@pytest.fixture
def phone_that_may_fail(browser: Browser) -> Iterator[Page]:
    """A telephone whose console may show that something was refused."""
    context = browser.new_context(viewport=TELEPHONE, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def want(page: Page, words: str) -> None:
    page.locator("[name=words]").fill(words)
    page.locator("[name=reason]").fill("He said so.")
    page.locator("[name=aim]").first.check()
    page.locator("main form button[type=submit]").click()


def test_a_form_keeps_its_words_when_somebody_else_signed_in_and_is_sent_afterwards(
    phone_that_may_fail: Page, become: Become
) -> None:
    page = become(phone_that_may_fail, "Alma Farrowby", "/circles/C-0142/goals/open/")
    become(page.context.new_page(), "Ben Ashby")
    want(page, WORDS)
    expect(page.get_by_text("Somebody else has signed in")).to_be_visible()
    assert page.locator("[name=words]").input_value() == WORDS
    become(page.context.new_page(), "Alma Farrowby")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name=WORDS)).to_be_visible()


def test_a_form_keeps_its_words_when_the_session_is_over(phone_that_may_fail: Page, become: Become, demo: str) -> None:
    page = become(phone_that_may_fail, "Alma Farrowby", "/circles/C-0142/goals/open/")
    kept = [cookie for cookie in page.context.cookies() if cookie["name"] == "csrftoken"]
    page.context.clear_cookies()
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    want(page, WORDS)
    expect(page.get_by_text("You were signed out")).to_be_visible()
    assert page.locator("[name=words]").input_value() == WORDS


def test_other_words_after_a_lost_answer_are_said_not_to_have_gone(phone_that_may_fail: Page, become: Become) -> None:
    page = become(phone_that_may_fail, "Alma Farrowby", "/circles/C-0142/goals/open/")
    cut_first_answer(page, page.url)
    want(page, "I want to ring my sister.")
    expect(page.get_by_text("NOT SENT")).to_be_visible()
    page.locator("[name=words]").fill("I want to ring my brother.")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("These words were not sent.")).to_be_visible()
    expect(page.get_by_role("link", name="see what was taken")).to_be_visible()
    assert page.locator("[name=words]").input_value() == "I want to ring my brother."
    page.get_by_role("button", name="Send it as a second one").click()
    expect(page.get_by_role("heading", name="ring my brother")).to_be_visible()
    expect(page.get_by_role("heading", name="ring my sister")).to_be_visible()
