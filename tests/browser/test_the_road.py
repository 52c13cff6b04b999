"""The whole road: a meeting logged on a telephone, a worry sent half-way, taken on, answered and heard of."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, TELEPHONE
from tests.browser.pictures import take_picture

pytestmark = pytest.mark.browser

WORRY = "P has been mending bikes for a neighbour's two boys, about 8 and 10, on Saturdays."
Become = Callable[..., Page]


def choose(page: Page, question: str, answer: str) -> None:
    """One tap: the answer under the question."""
    page.get_by_role("group", name=question).get_by_text(answer, exact=True).click()


def send_the_worry(page: Page, words: str) -> str:
    """From the log's first page; the reference on the receipt."""
    page.get_by_text("Yes, and it should not wait").click()
    page.get_by_label("What was seen or heard?").fill(words)
    page.get_by_role("button", name="Send this now, then carry on").click()
    expect(page.get_by_text("Sent and stored")).to_be_visible()
    return page.locator("h1").inner_text().strip()


def finish_the_log(page: Page) -> None:
    """Who was there, then four short pages with real sentences, a check, and sent."""
    for fieldset in page.locator(".wm-tap").all():
        fieldset.get_by_label("Came", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("In person", exact=True).click()
    page.get_by_text("Steady", exact=True).click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("His week").fill("Three shifts at the warehouse. Cooked twice. Rang his sister on Sunday.")
    page.get_by_label("Anything that raises risk?").fill("None seen beyond what was sent.")
    page.get_by_role("button", name="Continue").click()
    choose(page, "Licence, order or register", "We talked about them")
    choose(page, "His wellbeing", "Nothing to note")
    choose(page, "Were children mentioned?", "Yes")
    choose(page, "Has there been any contact with a child?", "No")
    choose(page, "Any contact between meetings?", "No")
    choose(page, "Gifts, money, favours, social media?", "No")
    choose(page, "Did anything come up about a victim or the neighbourhood?", "No")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Plan for next time").fill("Ask about the course.")
    page.get_by_role("button", name="Continue").click()
    late = page.locator("#id_late_reason")
    if late.count():
        late.fill("The bus did not come and the battery was flat.")
    page.get_by_role("button", name="Send to the coordinator").click()


def take_on_and_answer(page: Page, reference: str, queue: str) -> None:
    """At a desk: find it in the queue, have it, answer it, tell the volunteer."""
    page.get_by_role("link", name="My queues").click()
    page.get_by_role("link", name=queue).click()
    page.get_by_role("link", name=reference, exact=True).click()
    page.get_by_text("In an hour").click()
    page.get_by_label("What you will do").fill("Visit with a colleague at eleven.")
    page.get_by_role("button", name="I am dealing with it").click()
    expect(page.get_by_text("has it until").first).to_be_visible()
    page.get_by_text("Record the answer").click()
    page.get_by_label("What came of it").select_option("visit")
    page.get_by_label("In a sentence or two").fill("Visited. He has stopped; the mother was told.")
    page.locator("#answer").get_by_role("button", name="Record").click()
    page.get_by_text("Tell the volunteer what came of it").click()
    page.get_by_text("somebody has spoken with him").click()
    page.get_by_role("button", name="Tell the volunteer").click()
    expect(page.get_by_text("The volunteer was told")).to_be_visible()


def picture_the_log(page: Page) -> None:
    page.get_by_text("Yes, something small or unclear").click()
    page.get_by_label("What was seen or heard?").fill("P has been mending bikes for a neighbour's two boys.")
    expect(page.get_by_role("heading", name="Did anything worry anyone tonight?")).to_be_visible()
    take_picture(page, "doorstep-log.png")


def walk(phone: Page, desk: Page, become: Become, volunteer: str, liaison: str, queue: str) -> None:
    become(phone, volunteer)
    phone.get_by_role("button", name="Start").click()
    if volunteer == "Ben Ashby":
        picture_the_log(phone)
    reference = send_the_worry(phone, WORRY)
    phone.get_by_role("button", name="Carry on with the log").click()
    finish_the_log(phone)
    expect(phone.get_by_text("Minutes sent to the coordinator").first).to_be_visible()
    become(desk, liaison)
    take_on_and_answer(desk, reference, queue)
    become(phone, volunteer)
    expect(phone.get_by_text("somebody has spoken with him").first).to_be_visible()


def test_ben_logs_tonight_and_femi_answers_and_ben_hears_of_it(phone: Page, desk: Page, become: Become) -> None:
    walk(phone, desk, become, "Ben Ashby", "Femi Okafor", "Cambridgeshire queue")


def test_the_same_road_without_script(context_of: Callable[..., BrowserContext], become: Become) -> None:
    phone = context_of(TELEPHONE, java_script_enabled=False).new_page()
    desk = context_of(DESK, java_script_enabled=False).new_page()
    walk(phone, desk, become, "Zoe Harte", "Lou Garner", "Norfolk queue")


def test_a_worry_is_raised_by_keyboard_alone(phone: Page, become: Become, demo: str) -> None:
    become(phone, "Tom Quayle", "/concerns/new/C-0142/")

    def tab_to(what: str) -> None:
        for _ in range(40):
            phone.keyboard.press("Tab")
            if phone.evaluate("(selector) => document.activeElement.matches(selector)", what):
                return
        raise AssertionError(f"the keyboard never reaches {what}")

    tab_to("input[name=level]")
    phone.keyboard.press("ArrowDown")
    tab_to("textarea[name=words]")
    phone.keyboard.type("He was sour about his officer and left early.")
    tab_to("button[type=submit]")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Sent and stored")).to_be_visible()


def count_mine(page: Page, demo: str) -> int:
    page.goto(f"{demo}/concerns/mine/")
    return page.locator("article").count()


def test_a_double_tap_is_one_concern(phone: Page, become: Become, demo: str) -> None:
    become(phone, "Uma Desai", "/concerns/new/C-0142/")
    phone.get_by_text("Worth keeping").click()
    phone.get_by_label("What did you see or hear?").fill("He forgot his medicine twice.")
    phone.get_by_role("button", name="Send", exact=True).dblclick()
    expect(phone.get_by_text("Sent and stored")).to_be_visible()
    phone.go_back()
    phone.go_forward()
    assert count_mine(phone, demo) == 1


def test_nothing_is_lost_when_the_network_is(
    context_of: Callable[..., BrowserContext], become: Become, demo: str
) -> None:
    context = context_of(TELEPHONE)
    page = become(context.new_page(), "Vic Orton", "/concerns/new/")
    page.get_by_role("button", name="No, but something worries me").first.click()
    page.get_by_text("It should not wait").click()
    page.get_by_label("What did you see or hear?").fill("He has a second telephone.")
    context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("NOT SENT – telephone")).to_be_visible()
    expect(page.get_by_text("01632 960 123").first).to_be_visible()
    assert page.get_by_label("What did you see or hear?").input_value() == "He has a second telephone."
    context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Sent and stored")).to_be_visible()
    assert count_mine(page, demo) == 1


def test_what_was_typed_is_there_on_another_telephone(
    context_of: Callable[..., BrowserContext], become: Become, demo: str
) -> None:
    first = become(context_of(TELEPHONE).new_page(), "Gwen Tully", "/concerns/new/C-0121/")
    first.get_by_label("What did you see or hear?").fill("He would not meet our eyes tonight.")
    first.get_by_text("Worth keeping").click()
    expect(first.get_by_text("Saved")).to_be_visible()
    second = become(context_of(TELEPHONE).new_page(), "Gwen Tully", "/concerns/new/")
    second.get_by_role("link", name=re.compile(r"^Circle .*, kept")).first.click()
    assert second.get_by_label("What did you see or hear?").input_value() == "He would not meet our eyes tonight."


def test_danger_now_fills_the_screen_before_anything_is_typed(phone: Page, become: Become, demo: str) -> None:
    become(phone, "Esther Cole", "/concerns/new/C-0142/danger/")
    number = phone.get_by_role("link", name="999", exact=True).first.bounding_box()
    on_call = phone.locator(".wm-danger__number--second").bounding_box()
    typed = phone.get_by_label("What did you see or hear?").bounding_box()
    assert number is not None
    assert on_call is not None
    assert typed is not None
    assert number["y"] + number["height"] < on_call["y"] < typed["y"]
    assert on_call["y"] + on_call["height"] < 640
    assert typed["y"] > 640


def test_a_volunteers_first_page_weighs_under_150_kilobytes(phone: Page, become: Become, demo: str) -> None:
    become(phone, "Ben Ashby")
    weights: list[int] = []
    phone.on("response", lambda response: weights.append(len(response.body())))
    phone.goto(f"{demo}/")
    phone.wait_for_load_state("networkidle")
    assert 10_000 < sum(weights) < 150_000
