"""A coordinator takes a circle from the proposal to its first minutes, and another from a review to its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page

from core.worktime import LONDON
from tests.browser.conftest import TELEPHONE
from tests.browser.journeys.desk import Desk
from tests.browser.journeys.evening import log_an_ordinary_evening
from tests.browser.journeys.hand import Hand
from tests.browser.journeys.his_file import record_consent

pytestmark = pytest.mark.browser

Become = Callable[..., Page]
ANN, HANA, MARCUS = "Alma Farrowby", "Hana Reid", "Marcus Webb"
FOUR = ["Owen Pike", "Quentin Ames", "Rhoda Swift", "Stan Abbot"]
HIM, LATER = "CM-2027-E", "C-0133"
YEAR = timedelta(days=365)


def now() -> datetime:
    return datetime.now(LONDON)


def earlier_today() -> datetime:
    """An hour ago, or midnight in the first hour of a day."""
    return max(now() - timedelta(hours=1), now().replace(hour=0, minute=0))


def take_on_a_core_member(desk: Desk) -> None:
    """Bring one over in an area that has no agreement yet. Alma writes down a restriction and somebody to ring."""
    desk.become(HANA, "/core-members/from-before/")
    desk.fill({"Reference": HIM})
    desk.choose("MAPPA category", "Category 1")
    desk.choose("MAPPA level", "Level 1")
    desk.choose("Lead agency", "Probation")
    desk.select("MAPPA area", "Essex")
    desk.select("Coordinator", ANN)
    desk.fill({"Since when has he been with the charity, and where are his papers?": "Since 2024; in the cabinet."})
    desk.press("Bring him over")
    desk.become(ANN, f"/core-members/{HIM}/")
    desk.follow("Restrictions", "Add a restriction")
    desk.choose("Where it comes from", "Licence condition")
    desk.select("What it is about", "Where he lives")
    desk.fill({"What it means, as you would say it to a volunteer": "He must be home by nine."})
    desk.fill_day("First day it holds", now().date() - YEAR)
    desk.press("Add")
    desk.follow("I have read them over with whoever manages him")
    desk.press("They are right and complete today")
    record_consent(desk, now().date())
    desk.follow("MAPPA and professionals", "Whom to ring", "Name somebody to ring")
    desk.fill({"Practitioner’s name": "Kay Dunn", "What they are": "Probation officer", "Telephone": "01632 960 777"})
    desk.select("Agency", "Probation")
    desk.press("Save")
    desk.page.get_by_role("link", name="I have rung Kay Dunn").click()
    desk.press("I have rung today")


def propose(desk: Desk) -> str:
    """Propose a circle for him that meets today and every week on this day. Gives its reference."""
    meets = earlier_today()
    desk.open("/circles/")
    desk.follow("Propose a circle")
    desk.select("Core member", HIM)
    desk.select("Programme", "Adult")
    desk.fill({"What the circle calls him": "Eric", "At": f"{meets:%H:%M}"})
    desk.select("Meets on", f"{meets:%A}")
    desk.fill_day("First day", meets.date())
    desk.press("Propose")
    desk.says("0 of at least 4 volunteers")
    return desk.page.url.split("/")[-3]


def step(desk: Desk, circle: str, heading: str, button: str, state: str) -> None:
    """Take the circle's next step. Its page says first what it does."""
    desk.open(f"/circles/{circle}/still-to-do/")
    desk.follow(heading)
    if desk.page.get_by_label("Why?", exact=True).count():
        desk.fill({"Why?": "He is in hospital for a week."})
    for box in desk.page.locator("main form").get_by_role("checkbox").all():
        box.check()
    desk.press(button)
    desk.says(f"Circle {circle}: {state}")


def match(desk: Desk, circle: str) -> None:
    desk.open(f"/circles/{circle}/people/")
    for name in FOUR:
        desk.follow("Add a volunteer")
        desk.select("Who joins?", name)
        desk.press("Add")
    step(desk, circle, "Confirm the volunteers", "Confirm", "volunteers found")


def find_a_place(desk: Desk, circle: str) -> None:
    desk.open("/circles/venues/add/")
    desk.fill({"Code": "BOAT", "Address": "The Boathouse, Colchester", "Postcode district": "CO1"})
    desk.press("Add")
    desk.follow("Write down a risk assessment")
    desk.fill_day("Risk assessment made on", now().date())
    desk.fill_day("Last day it holds", now().date() + YEAR)
    desk.press("Save")
    desk.open(f"/circles/{circle}/still-to-do/")
    desk.follow("There is a place, and its risk assessment holds on the day of every meeting.")
    desk.choose("Where does the circle meet?", "BOAT")
    desk.press("Choose")
    step(desk, circle, "Begin to prepare", "Begin", "preparing to meet")


def prepare(desk: Desk, circle: str) -> None:
    """Record the briefing and everybody's signature. Then a manager signs the area's agreement, the last thing to do."""
    desk.follow("Police and probation have briefed the volunteers.")
    desk.fill_day("Held on", now().date())
    desk.fill({"Who briefed, and who was there": "The sergeant and all four", "What was covered": "Risk, goals"})
    desk.press("Save")
    desk.follow("Read the agreement, and sign it")
    for name in [ANN, *FOUR]:
        if name != ANN:
            desk.become(name, f"/circles/{circle}/agreement/")
        desk.follow("Sign it")
        desk.press("I agree")
    desk.become(HANA, "/circles/sharing/add/")
    desk.select("MAPPA area", "Essex")
    desk.fill({"Who has signed": "Police, probation and Fenland Circles", "Version": "1"})
    desk.fill_day("Signed on", now().date())
    desk.fill_day("Holds until", now().date() + YEAR)
    desk.press("Save")
    open_queue(desk)


def open_queue(desk: Desk) -> None:
    """Make the area one of those worked in, and give its queue to a team. Without that the circle does not meet."""
    desk.open("/people/areas/")
    desk.page.get_by_label("Essex", exact=True).check()
    desk.press("Save the areas")
    desk.open("/concerns/set-up/queues/add/")
    desk.select("MAPPA area", "Essex")
    desk.press("Make the queue")
    desk.open("/concerns/set-up/queues/")
    desk.follow("Essex queue", "Give it to a team")
    desk.select("Team", "Norfolk public protection")
    desk.press("Give the queue to this team")
    desk.follow("Name the team manager")
    desk.page.get_by_label("Team manager", exact=True).select_option(index=1)
    desk.press("Save the team manager")


def start(desk: Desk, circle: str) -> None:
    """Start the circle: it is refused without his signature, and done with it."""
    desk.become(ANN, f"/circles/{circle}/still-to-do/start/")
    desk.page.get_by_role("button", name="Start meeting weekly").click()
    desk.says("Still to do: Eric still to sign. Do it first, then come back.")
    desk.open(f"/circles/{circle}/agreement/his/")
    desk.fill_day("He signed on", now().date())
    desk.press("Save")
    step(desk, circle, "Let the circle meet", "Start meeting weekly", "meets weekly")


def test_alma_brings_a_circle_from_its_proposal_to_its_first_minutes(
    desk: Page, demo: str, become: Become, context_of: Callable[..., BrowserContext]
) -> None:
    at = Desk(desk, demo, become)
    at.become(ANN)
    take_on_a_core_member(at)
    circle = propose(at)
    match(at, circle)
    find_a_place(at, circle)
    prepare(at, circle)
    start(at, circle)
    phone = become(context_of(TELEPHONE, has_touch=True, is_mobile=True).new_page(), "Owen Pike")
    hand = Hand(phone)
    phone.goto(f"{demo}/circles/{circle}/meetings/")
    phone.get_by_role("link", name=f"Meeting 1 · {earlier_today():%A}").tap()
    phone.get_by_role("button", name="Start the log").tap()
    phone.wait_for_url("**/log/")
    phone.get_by_role("button", name="Start the log").tap()
    log_an_ordinary_evening(hand)
    at.open(f"/circles/{circle}/")
    at.page.get_by_role("link", name="Read the minutes").click()
    at.follow("Approve")
    at.press("Approve and lock")
    at.says("Approved by Alma")


def hold_the_review(desk: Desk) -> None:
    """Hold the review: everybody came, and the circle will meet less often."""
    desk.open(f"/circles/{LATER}/reviews/")
    desk.page.locator("main table a, main li a").first.click()
    desk.follow("Record who came")
    for person in desk.page.locator("main fieldset", has=desk.page.get_by_label("Came", exact=True)).all():
        person.get_by_label("Came", exact=True).check()
    desk.press("Record")
    desk.follow("Record a decision")
    desk.choose("What was decided?", "Meet fortnightly")
    desk.fill({"Why?": "He has a week of his own now."})
    desk.press("Record the decision and change the circle")
    desk.follow("Write the review")
    desk.fill({"What was said?": "Nothing of note from police. He likes the allotment."})
    desk.press("Save the review")
    desk.follow("Share it")
    desk.press("Share the review")
    desk.follow("Finish")
    desk.press("Finish the review")


def finish_what_is_left(desk: Desk) -> None:
    """Close the last evening, on which nobody met, and the last risk review, which nobody made."""
    desk.open(f"/circles/{LATER}/still-to-do/")
    desk.page.get_by_role("link", name="are not approved").click()
    desk.follow("It was not held")
    desk.choose("What was the reason?", "Logistics")
    desk.fill({"What happened?": "The rooms were flooded."})
    desk.press("It was not held")
    desk.open(f"/circles/{LATER}/still-to-do/")
    desk.page.get_by_role("link", name="the final risk review is not signed off").click()
    desk.follow("Say that it was missed")
    desk.fill({"Why was it missed?": "Two of the volunteers had left by then."})
    desk.press("Note it as missed")


def test_marcus_brings_a_circle_from_a_review_to_its_end(desk: Page, demo: str, become: Become) -> None:
    at = Desk(desk, demo, become)
    at.become("Iris Fenn")
    assert at.may_open(f"/circles/{LATER}/") == 200
    at.become(MARCUS)
    hold_the_review(at)
    at.open(f"/circles/{LATER}/still-to-do/")
    at.says("Meets every second week")
    step(at, LATER, "Pause the circle", "Pause", "paused")
    step(at, LATER, "Meet again", "Meet again", "meets every second week")
    at.follow("End the circle")
    at.choose("Why does it end?", "Completed")
    at.press("Start ending it")
    at.follow("Close the circle")
    at.page.get_by_role("button", name="Close the circle").click()
    at.says("Still to finish")
    finish_what_is_left(at)
    step(at, LATER, "Close the circle", "Close the circle", "ended")
    assert at.may_open(f"/circles/{LATER}/") == 200
    at.become("Iris Fenn")
    assert at.may_open(f"/circles/{LATER}/") == 404
    at.says("You belong to no circle that meets now")
