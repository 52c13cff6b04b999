"""Whom somebody telephoned, and what they reported directly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from concerns.choices import Level, ReportedTo, Whom
from concerns.concern.models import Concern
from concerns.handling.call_models import OwnReport, VoiceCall
from concerns.handling.call_operations import record_call, record_own_report
from concerns.handling.promise_operations import acknowledge_concern
from concerns.worklist.own import own_work_of
from core.errors import Refused
from tests.concerns.engine.raising import story, worry
from tests.concerns.reading import HOUR, As, address_of, concern_by, page_of
from tests.concerns.rota.on_call import put_on_call
from tests.world import World

ASKED = "You have not recorded who you telephoned"
MINUTES = timedelta(minutes=5)


def record_ring(world: World, concern: Concern, *, reached: bool = True) -> VoiceCall:
    return record_call(
        concern,
        whom=Whom.ON_CALL,
        telephoned_at=world.now - MINUTES,
        reached=reached,
        note="Fay rings back.",
        by=world.ben,
        at=world.now,
    )


def work_waiting_for_ben(world: World) -> list[str]:
    return [item.title for item in own_work_of(world.ben, world.now).waiting]


def test_ben_records_from_the_receipt_whom_he_rang_and_esi_reads_it(world: World, as_person: As) -> None:
    concern, ben = worry(world), as_person(world.ben)
    page = page_of(as_person, world.ben, address_of(concern, "receipt/"))
    assert 'href="tel:01632960999"' in page
    assert page.index('href="tel:01632960999"') < page.index("Whom did you telephone?")
    when = (world.now - MINUTES).strftime("%Y-%m-%dT%H:%M")
    sent = {"whom": "on_call", "telephoned_at": when, "reached": "yes", "note": "Fay rings back."}
    assert "the person on call" in ben.post(address_of(concern, "call/"), sent, follow=True).content.decode()
    assert VoiceCall.objects.get().recorded_by == world.ben
    page = page_of(as_person, world.esi, address_of(concern))
    assert "Fay rings back." in page
    assert "Ben" not in page


def test_a_call_stops_no_clock_and_stands_in_the_story(world: World) -> None:
    concern = worry(world)
    before = {step.due_at for step in concern.steps.filter(fired_at=None, stopped_at=None)}
    record_ring(world, concern, reached=False)
    assert {step.due_at for step in concern.steps.filter(fired_at=None, stopped_at=None)} == before
    assert any(line.endswith("The person on call Nobody answered. Fay rings back.") for line in story(concern))


def test_ben_is_asked_on_his_home_page_until_he_has_said_it(world: World, as_person: As) -> None:
    concern = worry(world)
    assert work_waiting_for_ben(world) == [ASKED]
    assert address_of(concern, "call/") in page_of(as_person, world.ben, "/")
    record_ring(world, concern)
    assert work_waiting_for_ben(world) == []


def test_ben_is_asked_no_more_once_somebody_has_it(world: World) -> None:
    acknowledge_concern(worry(world), until=world.now + HOUR, by=world.esi, at=world.now)
    assert work_waiting_for_ben(world) == []


@pytest.mark.parametrize("level", [Level.PRIORITY, Level.LOG])
def test_what_can_wait_asks_for_no_call(world: World, as_person: As, level: Level) -> None:
    concern = worry(world, level)
    assert work_waiting_for_ben(world) == []
    assert "Telephone as well" not in page_of(as_person, world.ben, address_of(concern, "receipt/"))


def test_nobody_telephones_in_the_future(world: World, as_person: As) -> None:
    concern = worry(world)
    with pytest.raises(Refused, match="has passed"):
        record_call(
            concern, whom=Whom.POLICE, telephoned_at=world.now + MINUTES, reached=True, by=world.ben, at=world.now
        )
    with pytest.raises(Refused, match="has passed"):
        record_own_report(
            concern, to=ReportedTo.POLICE, number="", reported_at=world.now + MINUTES, by=world.ben, at=world.now
        )
    later = "2026-06-18T10:00"
    page = as_person(world.ben).post(
        address_of(concern, "call/"),
        {"whom": "police", "telephoned_at": later, "reached": "no", "note": "Tried twice."},
    )
    assert "Write a time that has passed." in page.content.decode()
    assert "Tried twice." in page.content.decode()


def test_ben_reported_it_himself_and_the_queue_and_ann_read_the_number(world: World, as_person: As) -> None:
    concern = worry(world)
    when = (world.now - MINUTES).strftime("%Y-%m-%dT%H:%M")
    sent = {"to": "children", "number": "MASH 4471", "reported_at": when}
    as_person(world.ben).post(address_of(concern, "own-report/"), sent)
    assert OwnReport.objects.get().number == "MASH 4471"
    for person in (world.ann, world.esi, world.ben):
        page = page_of(as_person, person, address_of(concern))
        assert "their number MASH 4471" in page
    assert "to children’s social care" in page_of(as_person, world.esi, world.queue.get_absolute_url())


def test_tom_may_say_nothing_of_bens_concern(world: World) -> None:
    concern = worry(world)
    with pytest.raises(PermissionDenied):
        record_call(concern, whom=Whom.POLICE, telephoned_at=world.now, reached=True, by=world.tom, at=world.now)
    with pytest.raises(PermissionDenied):
        record_own_report(concern, to=ReportedTo.POLICE, number="", reported_at=world.now, by=world.tom, at=world.now)


def test_the_number_on_the_receipt_never_rings_whom_it_is_about(world: World, as_person: As) -> None:
    for person, telephone in [(world.hana, "01632 960 222"), (world.fay, "01632 960 111")]:
        put_on_call(
            world,
            person,
            telephone=telephone,
            starts_at=world.now - HOUR,
            ends_at=world.now + 9 * HOUR,
            at=world.now,
        )
    about_fay = page_of(as_person, world.ben, address_of(concern_by(world, world.ben, about=world.fay), "receipt/"))
    assert "Ring the person on call, 01632 960 222" in about_fay
    assert "Ring the person on call, 01632 960 111" not in about_fay
    about_nobody = page_of(as_person, world.ben, address_of(worry(world), "receipt/"))
    assert "Ring the person on call, 01632 960 111" in about_nobody
    about_hana = page_of(as_person, world.fay, address_of(concern_by(world, world.ben, about=world.hana)))
    assert 'href="tel:01632960111"' in about_hana
