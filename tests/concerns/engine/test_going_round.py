"""A concern about one of us goes round them everywhere: they see nothing, not even a count, and somebody else has it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from alerts.message.models import Alert
from audit.models import Entry
from audit.trail import looks_within
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from concerns.choices import Level
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.engine.operations import fire_due_concerns
from concerns.engine.responders import responders_for
from concerns.handling.link_models import ConcernLink
from concerns.handling.link_operations import link_concerns
from concerns.raising.operations import raise_concern
from concerns.watch.sweep import sweep
from core.errors import Refused
from core.worktime import service_worktime
from tests.concerns.engine.raising import WORDS, people_mailed, story, worry
from tests.concerns.reading import HOUR, NEW, As, address_of, concern_by, page_of
from tests.world import World

OF_US = ["ann", "tom", "hana", "fay", "kit", "pat", "jo", "gil"]
PLACES = [
    "/",
    "/alerts/",
    "/concerns/",
    "/concerns/mine/",
    "/concerns/queues/",
    "/concerns/circles/C-0142/",
    "/concerns/figures/",
    "/concerns/simulator/",
    "/circles/C-0142/",
    "/circles/C-0142/who-looked/",
    "/concerns/shares/",
    "/status/",
]


@pytest.mark.parametrize("name", OF_US)
def test_whoever_of_us_it_is_about_finds_it_on_no_page_and_is_told_by_no_rung(
    world: World, as_person: As, name: str
) -> None:
    person = world.people[name]
    concern = concern_by(world, world.ben, about=person)
    sweep(at=world.now + 100 * HOUR)
    for place in PLACES:
        assert concern.reference not in page_of(as_person, person, place), place
    if name != "jo":
        # The trail stays whole for whoever answers for it; it names a record and says nothing of it.
        assert concern.reference not in page_of(as_person, person, "/trail/")
    for more in ("", "receipt/", "sorting/", "who-looked/", "deliveries/", "told/", "tell/", "call/", "own-report/"):
        assert as_person(person).get(address_of(concern, more)).status_code == 404, more
    assert not Alert.objects.filter(recipient=person, key__startswith=concern.reference).exists()
    assert not Concern.objects.visible_to(person).exists()
    may = ConcernAccess(person, concern)
    assert [act.name for act in ConcernAccess.acts() if getattr(may, act.name)] == []
    assert responders_for(concern).exists()
    assert person not in responders_for(concern)
    assert people_mailed(concern)


def test_where_every_lead_is_barred_kit_is_told_at_once(world: World) -> None:
    concern = concern_by(world, world.fay, about=world.hana)
    fire_due_concerns(at=world.now + 9 * HOUR)
    assert "Kit" in people_mailed(concern)
    assert not {"Hana", "Fay"} & set(people_mailed(concern))


def test_about_ann_with_no_manager_and_no_lead_it_goes_on_to_kit_in_the_same_minute(world: World) -> None:
    world.hana.groups.clear()
    world.fay.groups.clear()
    in_working_time = service_worktime().add(world.now, HOUR)
    concern = raise_concern(
        world.wisbech,
        submit_key=uuid4(),
        level=Level.LOG,
        words=WORDS,
        about=world.pat,
        by=world.dev,
        at=in_working_time,
    )
    assert people_mailed(concern) == ["Kit"]
    assert any(line.startswith("Nobody to tell: the manager and the safeguarding lead") for line in story(concern))


def test_the_count_on_the_status_page_leaves_out_what_is_about_its_reader(world: World, as_person: As) -> None:
    concern = concern_by(world, world.ben, about=world.hana)
    for hours in range(1, 60):
        fire_due_concerns(at=world.now + hours * HOUR)
    Concern.objects.filter(pk=concern.pk).update(received_at=world.now - 60 * HOUR)
    concern.steps.filter(fired_at__isnull=False).update(fired_at=world.now - HOUR)
    shown = [as_person(person).get("/status/").context["unanswered"] for person in (world.fay, world.hana)]
    assert shown == [1, 0]


def test_a_link_between_two_says_nothing_on_the_one_that_ann_sees(world: World, as_person: As) -> None:
    seen, hidden = worry(world), concern_by(world, world.ben, about=world.ann)
    link_concerns(seen, other=hidden, why="The same evening.", by=world.fay, at=world.now)
    assert ConcernLink.objects.count() == 1
    page = page_of(as_person, world.ann, address_of(seen))
    assert hidden.reference not in page
    assert "The same evening." not in page
    assert "Belongs with" not in page


def test_raised_from_the_log_it_leaves_no_mark_in_the_minutes_that_the_circle_reads(
    world: World, as_person: As
) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    sent = {"submit_key": str(uuid4()), "level": "priority", "words": WORDS, "about": world.ann.reference}
    as_person(world.ben).post(f"{NEW}?meeting={world.meeting.reference}", sent)
    concern = Concern.objects.get()
    assert concern.about == world.ann
    assert Minutes.objects.get(meeting=world.meeting).concern_raised_as == ""
    for place in (world.meeting.get_absolute_url(), "/circles/C-0142/"):
        assert concern.reference not in page_of(as_person, world.ann, place)


def test_the_trail_files_it_under_no_circle(world: World, as_person: As) -> None:
    concern = concern_by(world, world.ben, about=world.ann)
    page_of(as_person, world.fay, address_of(concern))
    assert Entry.objects.filter(reference=concern.reference).exists()
    assert not looks_within("C-0142").filter(reference=concern.reference).exists()


def test_ben_may_choose_anybody_who_works_for_the_charity_and_nobody_of_the_agencies(
    world: World, as_person: As
) -> None:
    page = page_of(as_person, world.ben, NEW)
    for each in ("Ann, the coordinator", "Hana Reid", "Fay Osborne", "Kit Marlow", "Pat Lowe"):
        assert each in page
    for each in ("Esi Okafor", "Ann Farrowby", "Ben Ashby", "Dev Pillai"):
        assert f">{each}</option>" not in page
    sent = {"submit_key": str(uuid4()), "level": "priority", "words": WORDS, "about": world.hana.reference}
    as_person(world.ben).post(NEW, sent)
    assert Concern.objects.get().about == world.hana


def test_a_concern_about_oneself_is_refused_in_words(world: World) -> None:
    with pytest.raises(Refused, match="about yourself"):
        concern_by(world, world.ben, about=world.ben)
