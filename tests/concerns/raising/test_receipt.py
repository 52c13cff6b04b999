"""What a volunteer reads of their own worry, and what they never do."""

from __future__ import annotations

import pytest

from accounts.models import Area
from alerts.message.models import Channel
from alerts.receipt.models import Bounce
from concerns.choices import Level, Outcome
from concerns.engine.operations import fire_due_concerns
from concerns.handling.operations import answer_concern, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.triage_operations import triage_concern
from concerns.queue.operations import revoke_queue
from concerns.watch.reconcile import reconcile
from tests.concerns.engine.raising import ended_in_error, worry
from tests.concerns.reading import HOUR, NEW, As, address_of, concern_by, concern_of_ann, page_of
from tests.world import World


def test_ben_reads_no_state_of_the_agencies_work_on_any_of_his_pages(world: World, as_person: As) -> None:
    concern = concern_of_ann(world)
    record_action(concern, what="Searched his flat.", until=world.now + 9 * HOUR, by=world.esi, at=world.now)
    answer_concern(concern, outcome=Outcome.RECALL, answer="Recalled.", by=world.esi, at=world.now)
    for address in (
        "/",
        "/concerns/mine/",
        "/concerns/circles/C-0142/",
        address_of(concern, "receipt/"),
        "/circles/C-0142/",
    ):
        page = page_of(as_person, world.ben, address)
        for secret in ("Answered", "Searched", "ecall", "Okafor"):
            assert secret not in page, (address, secret)
    for address in ("/concerns/mine/", "/concerns/circles/C-0142/", address_of(concern, "receipt/")):
        assert "Somebody has it." in page_of(as_person, world.ben, address)


def test_ben_reads_that_it_was_marked_as_raised_in_error_and_not_that_somebody_has_it(
    world: World, as_person: As
) -> None:
    concern = ended_in_error(world, worry(world))
    for address in ("/concerns/mine/", address_of(concern, "receipt/")):
        page = page_of(as_person, world.ben, address)
        assert "marked" in page
        assert "raised in error" in page
        assert "Somebody has it" not in page


def test_the_receipt_says_when_it_was_stored_who_is_told_next_and_later_who_saw_it(world: World, as_person: As) -> None:
    concern = worry(world)
    page = page_of(as_person, world.ben, address_of(concern, "receipt/"))
    assert "The coordinator was told." in page
    assert "The agencies were told." in page
    assert "Nobody has been told yet" not in page
    assert page.index("we tell the coordinator, again") < page.index("we tell the manager") < page.index("the director")
    assert "01632 960 999" in page
    assert "tel:999" in page
    assert "Seen by the coordinator" not in page
    page_of(as_person, world.ann, address_of(concern))
    assert "Seen by the coordinator at" in page_of(as_person, world.ben, address_of(concern, "receipt/"))


def test_when_esis_time_has_passed_ben_reads_that_people_are_told_again(world: World, as_person: As) -> None:
    concern = concern_of_ann(world)
    assert "Somebody has it." in page_of(as_person, world.ben, address_of(concern, "receipt/"))
    fire_due_concerns(at=world.now + 5 * HOUR)
    page = page_of(as_person, world.ben, address_of(concern, "receipt/"))
    assert "Somebody has it." not in page
    assert "their time has passed" in page
    assert "we tell" in page


def test_esi_opening_it_is_not_the_coordinator_having_seen_it(world: World, as_person: As) -> None:
    concern = worry(world)
    page_of(as_person, world.esi, address_of(concern))
    assert "Seen by the coordinator" not in page_of(as_person, world.ben, address_of(concern, "receipt/"))


def test_tom_of_the_same_circle_finds_none_of_bens_worries(world: World, as_person: As) -> None:
    concern, tom = worry(world), as_person(world.tom)
    assert tom.get(address_of(concern)).status_code == 404
    assert tom.get(address_of(concern, "receipt/")).status_code == 404
    assert concern.reference not in page_of(as_person, world.tom, "/concerns/circles/C-0142/")


def test_cas_who_left_reads_the_receipt_of_what_she_raised(world: World, as_person: As) -> None:
    assert "Sent and stored" in page_of(as_person, world.cas, address_of(concern_by(world, world.cas)))


def test_a_worry_that_can_wait_says_when_somebody_will_be_told_and_not_that_they_were(
    world: World, as_person: As
) -> None:
    concern = worry(world, Level.PRIORITY)
    page = page_of(as_person, world.ben, address_of(concern, "receipt/"))
    assert "Nobody has been told yet. The coordinator will be, tomorrow 9:00 am." in page
    assert "was told." not in page
    assert "were told." not in page
    fire_due_concerns(at=world.now + 12 * HOUR)
    page = page_of(as_person, world.ben, address_of(concern, "receipt/"))
    assert "The coordinator was told." in page
    assert "The agencies were told." not in page


def test_what_was_made_urgent_later_is_not_said_to_have_been_stored_so(world: World, as_person: As) -> None:
    concern = worry(world, Level.PRIORITY)
    concern = acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)
    triage_concern(concern, level=Level.URGENT, by=world.ann, at=world.now + HOUR / 2)
    page = page_of(as_person, world.ben, address_of(concern, "receipt/"))
    stored, _, now = page.partition("It is")
    assert 'as <span class="wm-tag wm-tag--quiet">Priority</span>' in stored or "Priority</span>" in stored
    assert "Urgent</span> now." in now
    assert "The agencies were told." in page


@pytest.mark.parametrize("why", ["no team works it", "every message comes back"])
def test_where_a_queue_reaches_nobody_the_danger_page_and_the_receipt_promise_no_agency(
    world: World, as_person: As, why: str
) -> None:
    if why == "no team works it":
        revoke_queue(world.queue, team=world.queue.teams().get(), by=world.hana, at=world.now)
    else:
        for person in world.queue.workers():
            Bounce.objects.create(person=person, channel=Channel.EMAIL, address=person.email, at=world.now)
    page = page_of(as_person, world.ben, f"{NEW}danger/")
    assert "queue at once" not in page
    assert "It tells no agency: telephone them yourself." in page
    receipt = page_of(as_person, world.ben, address_of(worry(world), "receipt/"))
    assert ("no agency is told by us" in receipt) == (why == "no team works it")
    assert ("The agencies were told." in receipt) == (why != "no team works it")
    circle = page_of(as_person, world.ann, "/circles/C-0142/")
    assert ("telephone them yourself" in circle) == (why == "no team works it")


def test_where_the_area_has_no_queue_nobody_is_promised_that_an_agency_hears(world: World, as_person: As) -> None:
    danger = f"{NEW}danger/"
    assert "and the Cambridgeshire queue at once" in page_of(as_person, world.ben, danger)
    world.core_member.area = Area.objects.get(code="essex")
    world.core_member.save()
    page = page_of(as_person, world.ben, danger)
    assert "queue at once" not in page
    assert "It tells no agency: telephone them yourself." in page
    concern = worry(world)
    receipt = page_of(as_person, world.ben, address_of(concern, "receipt/"))
    assert "The agencies were told." not in receipt
    assert "no agency is told by us" in receipt
    assert "No agency hears of this through the service." in page_of(as_person, world.ann, address_of(concern))
    assert "no queue" in page_of(as_person, world.ann, "/circles/C-0142/")
    assert "Essex has a circle and no queue: no agency hears of its concerns" in reconcile(at=world.now)
