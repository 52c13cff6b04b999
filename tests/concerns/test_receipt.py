"""What a volunteer reads of their own worry, and what they never do."""

from __future__ import annotations

from concerns.models import Outcome
from concerns.operations import (
    answer_concern,
    record_action,
    run_due,
)
from tests.concerns.engine.raising import ended_in_error, worry
from tests.concerns.reading import HOUR, As, by, of, page_of, taken
from tests.world import World


def test_ben_reads_no_state_of_the_agencies_work_on_any_of_his_pages(world: World, as_person: As) -> None:
    concern = taken(world)
    record_action(concern, what="Searched his flat.", until=world.now + 9 * HOUR, by=world.esi, at=world.now)
    answer_concern(concern, outcome=Outcome.RECALL, answer="Recalled.", by=world.esi, at=world.now)
    for address in ("/", "/concerns/mine/", "/concerns/circles/C-0142/", of(concern, "receipt/"), "/circles/C-0142/"):
        page = page_of(as_person, world.ben, address)
        for secret in ("Answered", "Searched", "ecall", "Okafor"):
            assert secret not in page, (address, secret)
    for address in ("/concerns/mine/", "/concerns/circles/C-0142/", of(concern, "receipt/")):
        assert "Somebody has it." in page_of(as_person, world.ben, address)


def test_ben_reads_that_it_was_marked_as_raised_in_error_and_not_that_somebody_has_it(
    world: World, as_person: As
) -> None:
    concern = ended_in_error(world, worry(world))
    for address in ("/concerns/mine/", of(concern, "receipt/")):
        page = page_of(as_person, world.ben, address)
        assert "marked" in page
        assert "raised in error" in page
        assert "Somebody has it" not in page


def test_the_receipt_says_when_it_was_stored_who_is_told_next_and_later_who_saw_it(world: World, as_person: As) -> None:
    concern = worry(world)
    page = page_of(as_person, world.ben, of(concern, "receipt/"))
    assert "The coordinator was told at once. So were the agencies." in page
    assert page.index("we tell the coordinator, again") < page.index("we tell the manager") < page.index("the director")
    assert "01632 960 999" in page
    assert "tel:999" in page
    assert "Seen by the coordinator" not in page
    page_of(as_person, world.ann, of(concern))
    assert "Seen by the coordinator at" in page_of(as_person, world.ben, of(concern, "receipt/"))


def test_when_esis_time_has_passed_ben_reads_that_people_are_told_again(world: World, as_person: As) -> None:
    concern = taken(world)
    assert "Somebody has it." in page_of(as_person, world.ben, of(concern, "receipt/"))
    run_due(at=world.now + 5 * HOUR)
    page = page_of(as_person, world.ben, of(concern, "receipt/"))
    assert "Somebody has it." not in page
    assert "their time has passed" in page
    assert "we tell" in page


def test_esi_opening_it_is_not_the_coordinator_having_seen_it(world: World, as_person: As) -> None:
    concern = worry(world)
    page_of(as_person, world.esi, of(concern))
    assert "Seen by the coordinator" not in page_of(as_person, world.ben, of(concern, "receipt/"))


def test_tom_of_the_same_circle_finds_none_of_bens_worries(world: World, as_person: As) -> None:
    concern, tom = worry(world), as_person(world.tom)
    assert tom.get(of(concern)).status_code == 404
    assert tom.get(of(concern, "receipt/")).status_code == 404
    assert concern.reference not in page_of(as_person, world.tom, "/concerns/circles/C-0142/")


def test_cas_who_left_reads_the_receipt_of_what_she_raised(world: World, as_person: As) -> None:
    assert "Sent and stored" in page_of(as_person, world.cas, of(by(world, world.cas)))
