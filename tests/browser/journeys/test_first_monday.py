"""A provider’s first Monday: from empty tables and one command to a concern that a liaison has, by pages alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from core.worktime import LONDON
from tests.browser.journeys.evening import log_an_ordinary_evening
from tests.browser.journeys.hand import Hand
from tests.browser.journeys.his_file import record_consent, write_down_who_he_is
from tests.browser.journeys.new_service import ON_CALL, NewService, Person, email_of, start_new_service

pytestmark = pytest.mark.browser

PROVIDER, AREA = "Marsh Circles", "Essex"
POLICE, PROBATION = "Essex Police", "Essex Probation"
TEAM = "Essex public protection"
AT_AGENCIES = ["Femi Okafor", "Leah Marsh", "Sunita Rao"]
VOLUNTEERS = ["Tilda Marsh", "Owen Pike", "Rhoda Swift", "Stan Abbot"]
YEAR = timedelta(days=365)


def now() -> datetime:
    return datetime.now(LONDON)


def earlier_today() -> datetime:
    """An hour ago, or midnight in the first hour of a day."""
    return max(now() - timedelta(hours=1), now().replace(hour=0, minute=0))


def join_manager(service: NewService) -> Person:
    """Run the one command, and let the manager whom it invites join."""
    service.set_up(provider=PROVIDER, areas=AREA, manager_email=email_of("Hana Reid"), manager_name="Hana Reid")
    return service.person("Hana Reid")


def join_leaders(service: NewService, hana: Person) -> dict[str, Person]:
    """Let the leaders join, the safeguarding lead first: from then on two people agree to whoever leads."""
    hana.invite("Fay Osborne", "Safeguarding lead")
    fay = service.person("Fay Osborne")
    hana.invite("Dora Lyle", "Director")
    fay.open("/")
    fay.follow("Agree that Dora Lyle joins, or refuse")
    fay.page.get_by_role("button", name="Agree").click()
    return {"fay": fay, "dora": service.person("Dora Lyle")}


def add_agencies(hana: Person) -> None:
    for name, kind in ((POLICE, "Police"), (PROBATION, "Probation")):
        hana.close("Your charity and the agencies you work with are added.")
        hana.follow("Add an agency")
        hana.fill({"Name": name})
        hana.choose("Kind", kind)
        hana.press("Add the agency")


def join_agencies(service: NewService, hana: Person) -> dict[str, Person]:
    hana.invite("Femi Okafor", "Liaison", agency=POLICE, area=AREA)
    hana.invite("Leah Marsh", "Liaison", agency=PROBATION, area=AREA)
    hana.invite("Sunita Rao", "MAPPA coordinator", agency=POLICE, area=AREA)
    return {name.split()[0].lower(): service.person(name) for name in AT_AGENCIES}


def join_volunteers(service: NewService, alma: Person, hana: Person) -> dict[str, Person]:
    """Let the volunteers join: their coordinator invites them, and approves each when the checks are passed."""
    for name in VOLUNTEERS:
        alma.invite(name, "Volunteer")
    joined = {name: service.person(name, telephone=True) for name in VOLUNTEERS}
    hana.close("There are volunteers who may be placed.")
    for name in VOLUNTEERS:
        hana.approve(name, day=now().date(), until=now().date() + YEAR)
    return joined


def give_the_queue_to_a_team(hana: Person) -> None:
    """Make the area's queue, and give it to a team of everybody at the agencies."""
    hana.close("Every area has a queue.")
    hana.follow(f"Make the queue of {AREA}")
    hana.press("Make the queue")
    hana.close("Two people at least can be reached in every queue.")
    hana.follow("Make a team")
    hana.fill({"Name": TEAM})
    hana.press("Make the team")
    for name in AT_AGENCIES:
        hana.follow("Put somebody in")
        hana.select("Who joins it", name)
        hana.press("Put them into the team")
    hana.follow("Which team works which queue", f"{AREA} queue", "Give it to a team")
    hana.select("Team", TEAM)
    hana.press("Give the queue to this team")
    hana.follow("Name the team manager")
    hana.select("Team manager", "Femi Okafor")
    hana.press("Save the team manager")


def plan_on_call(hana: Person, fay: Person) -> None:
    """Put Fay on call, on the number that is always answered. She confirms it herself."""
    hana.close("Somebody is on call.")
    hana.follow("Plan a shift")
    hana.select("Who is on call", "Fay Osborne")
    hana.fill({"The number volunteers ring": ON_CALL})
    for box, moment in (("From", now()), ("Until", now() + timedelta(days=7))):
        hana.fill({box: f"{moment:%Y-%m-%dT%H:%M}"})
    hana.press("Plan this shift")
    fay.go("Status")
    fay.follow("Who is on call")
    fay.page.get_by_role("button", name="Agree").click()


def set_the_rest_up(hana: Person) -> None:
    """Set up the agreement to share, a domain for secure mail, and the programme."""
    hana.close("An agreement to share information is in force in every area.")
    hana.follow("Add a sharing agreement")
    hana.select("MAPPA area", AREA)
    hana.fill({"Who has signed": f"Police, probation and {PROVIDER}", "Version": "1"})
    hana.fill_day("Signed on", now().date())
    hana.fill_day("Holds until", now().date() + YEAR)
    hana.press("Save")
    hana.close("The domains where e-mail is secure are listed.")
    hana.fill({"Add a domain": "essex.police.test"})
    hana.press("Add")
    hana.close("The programmes say what a circle needs.")
    hana.follow("Adult community circle")
    hana.fill({"Weeks between reviews": "10"})
    hana.press("Save")


def rehearse(hana: Person, agencies: dict[str, Person]) -> None:
    """Rehearse the queue: everybody who works it is alerted, and confirms that it came."""
    hana.close("Every queue has been rehearsed.")
    hana.page.get_by_role("button", name="Start a rehearsal").click()
    hana.press("Start it and tell them")
    for person in agencies.values():
        person.go("Alerts")
        person.page.get_by_role("article").filter(has_text="This is a rehearsal").get_by_role("button").click()
        person.press("I have received it")


def take_on_a_core_member(alma: Person, hana: Person) -> str:
    """A man whose circle was on paper until today: Hana brings him over, and Alma writes down what she knows."""
    hana.open("/core-members/from-before/")
    chosen = {"MAPPA category": "Category 1", "MAPPA level": "Level 1", "Lead agency": "Probation"}
    for question, answer in chosen.items():
        hana.choose(question, answer)
    for box, option in (("MAPPA area", AREA), ("Named practitioner", "Leah Marsh"), ("Coordinator", "Alma Farrowby")):
        hana.select(box, option)
    hana.fill({"Since when has he been with the charity, and where are his papers?": "Since 2024; in the cabinet."})
    hana.press("Bring him over")
    reference = hana.page.url.rstrip("/").split("/")[-1]
    alma.open(f"/core-members/{reference}/")
    alma.follow("Restrictions", "Add a restriction")
    alma.choose("Where it comes from", "Licence condition")
    alma.select("What it is about", "Where he lives")
    alma.fill({"What it means, as you would say it to a volunteer": "He must be home by nine."})
    alma.fill_day("First day it holds", now().date() - YEAR)
    alma.press("Add")
    alma.follow("I have read them over with whoever manages him")
    alma.press("They are right and complete today")
    record_consent(alma, now().date())
    write_down_who_he_is(alma)
    alma.follow("MAPPA and professionals", "Whom to ring", "Name somebody to ring")
    alma.fill({"Practitioner’s name": "Leah Marsh", "What they are": "Probation officer", "Telephone": "01632 960 777"})
    alma.select("Agency", PROBATION)
    alma.select("Their account here, if they have one", "Leah Marsh")
    alma.press("Save")
    alma.page.get_by_role("link", name="I have rung Leah Marsh").click()
    alma.press("I have rung today")
    return reference


def propose(alma: Person, core_member: str) -> str:
    """Propose a circle that meets today and every week on this day. Gives its reference."""
    meets = earlier_today()
    alma.go("Circles")
    alma.follow("Propose a circle")
    alma.select("Core member", core_member)
    alma.select("Programme", "Adult")
    alma.fill({"What the circle calls him": "Eric", "At": f"{meets:%H:%M}"})
    alma.select("Meets on", f"{meets:%A}")
    alma.fill_day("First day", meets.date())
    alma.press("Propose")
    return alma.page.url.split("/")[-3]


def find_people_and_a_place(alma: Person, circle: str) -> None:
    alma.still_to_do(circle, "There are enough volunteers, and each may be placed.")
    for name in VOLUNTEERS:
        alma.follow("Add a volunteer")
        alma.select("Who joins?", name)
        alma.press("Add")
    alma.take_step(circle, "Confirm the volunteers", "Confirm")
    alma.go("Circles")
    alma.follow("Meeting places", "Add a place")
    alma.fill({"Code": "BOAT", "Address": "The Boathouse, Colchester", "Postcode district": "CO1"})
    alma.press("Add")
    alma.follow("Write down a risk assessment")
    alma.fill_day("Risk assessment made on", now().date())
    alma.fill_day("Last day it holds", now().date() + YEAR)
    alma.press("Save")
    alma.still_to_do(circle, "There is a place, and its risk assessment holds on the day of every meeting.")
    alma.choose("Where does the circle meet?", "BOAT")
    alma.press("Choose")
    alma.take_step(circle, "Begin to prepare", "Begin")


def brief_and_sign(alma: Person, volunteers: dict[str, Person], circle: str) -> None:
    alma.still_to_do(circle, "Police and probation have briefed the volunteers.")
    alma.fill_day("Held on", now().date())
    alma.fill({"Who briefed, and who was there": "The sergeant and all four", "What was covered": "Risk, goals"})
    alma.press("Save")
    for person in [alma, *volunteers.values()]:
        person.open("/")
        person.follow(f"Sign the agreement of {circle}", "Sign it")
        person.press("I agree")
    alma.open(f"/circles/{circle}/agreement/his/")
    alma.fill_day("He signed on", now().date())
    alma.press("Save")
    alma.take_step(circle, "Let the circle meet", "Start meeting weekly")
    alma.says("meets weekly")


def log_the_first_meeting(writer: Person, alma: Person, circle: str) -> None:
    page = writer.page
    hand = Hand(page)
    writer.open(f"/circles/{circle}/meetings/")
    page.get_by_role("link", name=f"Meeting 1 · {earlier_today():%A}").tap()
    page.get_by_role("button", name="Start the log").tap()
    page.wait_for_url("**/log/")
    page.get_by_role("button", name="Start the log").tap()
    log_an_ordinary_evening(hand)
    alma.open(f"/circles/{circle}/")
    alma.page.get_by_role("link", name="Read the minutes").click()
    alma.follow("Approve")
    alma.press("Approve and lock")


def raise_a_concern(tilda: Person) -> str:
    """Raise a concern from the first page. Gives the reference on the receipt."""
    tilda.open("/")
    tilda.page.get_by_role("button", name="Something worries me").click()
    tilda.page.get_by_role("button", name="No, but something worries me").click()
    tilda.page.get_by_text("It should not wait").click()
    tilda.page.get_by_label("What did you see or hear?").fill("A second telephone fell from his coat.")
    tilda.page.get_by_role("button", name="Send", exact=True).click()
    tilda.says("Sent and stored")
    return tilda.page.locator("h1").inner_text().strip()


def acknowledge_it(femi: Person, concern: str) -> None:
    femi.open("/")
    femi.page.get_by_role("link", name="My queues").click()
    femi.page.get_by_role("link", name=f"{AREA} queue").click()
    femi.page.get_by_role("link", name=concern).first.click()
    femi.says("A second telephone fell from his coat.")
    femi.page.locator("#acknowledge").get_by_role("radio").first.check()
    femi.fill({"What you will do": "Ring his officer."})
    femi.page.get_by_role("button", name="I am dealing with it").click()
    femi.says("has it until")


@pytest.fixture
def new_service(tmp_path: Path, context_of: Callable[..., BrowserContext]) -> Iterator[NewService]:
    with start_new_service(tmp_path, context_of) as service:
        yield service


def test_a_provider_begins_on_a_monday(new_service: NewService) -> None:
    hana = join_manager(new_service)
    leaders = join_leaders(new_service, hana)
    add_agencies(hana)
    agencies = join_agencies(new_service, hana)
    hana.invite("Alma Farrowby", "Coordinator", agency=PROVIDER, area=AREA)
    alma = new_service.person("Alma Farrowby")
    volunteers = join_volunteers(new_service, alma, hana)
    give_the_queue_to_a_team(hana)
    plan_on_call(hana, leaders["fay"])
    set_the_rest_up(hana)
    rehearse(hana, agencies)
    core_member = take_on_a_core_member(alma, hana)
    circle = propose(alma, core_member)
    find_people_and_a_place(alma, circle)
    brief_and_sign(alma, volunteers, circle)
    tilda = volunteers["Tilda Marsh"]
    log_the_first_meeting(volunteers["Owen Pike"], alma, circle)
    concern = raise_a_concern(tilda)
    acknowledge_it(agencies["femi"], concern)
    tilda.open("/concerns/mine/")
    expect(tilda.page.get_by_text(concern).first).to_be_visible()
    hana.go("People")
    hana.follow("What is still to set up")
    hana.says("Everything is set up.")
