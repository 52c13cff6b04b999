"""The ladder in order: who is told when, and that it never falls silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from accounts.models import User
from accounts.operations import suspend_person
from alerts.message.models import Alert, Channel
from concerns.choices import Level, Side
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.handling.operations import record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.watch.reconcile import reconcile
from concerns.worklist import concerns_at_the_end
from core.worktime import LONDON
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.world import World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def run_at(world: World, *, after: timedelta) -> datetime:
    at = world.now + after
    fire_due_concerns(at=at)
    return at


def test_an_urgent_worry_goes_to_ann_and_to_esi_at_once(world: World) -> None:
    concern = worry(world)
    assert people_mailed(concern, Side.CHARITY) == ["Ann"]
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]
    assert concern.queued_at == world.now


def test_a_priority_worry_waits_for_ann_until_half_the_clock(world: World) -> None:
    monday = datetime(2027, 3, 1, 9, 0, tzinfo=LONDON)
    concern = worry(world, Level.PRIORITY, at=monday)
    assert people_mailed(concern) == ["Ann"]
    fire_due_concerns(at=monday + 4 * HOUR - MINUTE)
    assert people_mailed(concern) == ["Ann"]
    fire_due_concerns(at=monday + 4 * HOUR)
    assert sorted(people_mailed(concern)) == ["Ann", "Ann", "Esi"]
    concern.refresh_from_db()
    assert concern.queued_at == monday + 4 * HOUR


def test_ann_who_takes_a_priority_worry_on_in_time_keeps_it_from_the_queue(world: World) -> None:
    monday = datetime(2027, 3, 1, 9, 0, tzinfo=LONDON)
    concern = worry(world, Level.PRIORITY, at=monday)
    acknowledge_concern(concern, until=monday + 6 * HOUR, by=world.ann, at=monday + HOUR)
    fire_due_concerns(at=monday + 5 * HOUR)
    assert people_mailed(concern) == ["Ann"]


def test_the_charity_climbs_from_ann_to_hana_and_fay_to_kit(world: World) -> None:
    concern = worry(world)
    for minutes in (30, 60, 120):
        run_at(world, after=minutes * MINUTE)
    charity = people_mailed(concern, Side.CHARITY)
    assert charity[:2] == ["Ann", "Ann"]
    assert sorted(charity[2:4]) == ["Fay", "Hana"]
    assert charity[4:] == ["Kit"]


def test_the_agencies_climb_from_esi_to_the_desk_to_oz_to_ivor(world: World) -> None:
    concern = worry(world)
    for hours in (2, 4, 5):
        run_at(world, after=hours * HOUR)
    agency = people_mailed(concern, Side.AGENCY)
    assert agency[0] == "Esi"
    assert sorted(agency[1:4]) == ["Esi", "Ivor", "Oz"]
    assert agency[4:] == ["Oz", "Ivor"]


def test_an_officer_who_has_it_does_not_silence_the_charity(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + 3 * HOUR, by=world.esi, at=world.now + MINUTE)
    run_at(world, after=HOUR)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Ann", "Ann", "Fay", "Hana"]
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]


def test_a_worry_about_ann_goes_round_her(world: World) -> None:
    concern = worry(world)
    concern.about = world.ann
    concern.save()
    run_at(world, after=30 * MINUTE)
    assert sorted(people_mailed(concern, Side.CHARITY)[1:]) == ["Fay", "Hana"]


def test_e07_a_promise_that_passes_resumes_where_it_stood_and_tells_the_promiser_too(world: World) -> None:
    concern = worry(world)
    run_at(world, after=2 * HOUR)
    stood = pending(concern, Side.AGENCY).rung
    acknowledge_concern(concern, until=world.now + 3 * HOUR, by=world.esi, at=world.now + 2 * HOUR + MINUTE)
    before = people_mailed(concern, Side.AGENCY)
    run_at(world, after=3 * HOUR - MINUTE)
    assert people_mailed(concern, Side.AGENCY) == before
    run_at(world, after=3 * HOUR)
    assert sorted(people_mailed(concern, Side.AGENCY)[len(before) :]) == ["Esi", "Oz"]
    resumed = EscalationStep.objects.get(concern=concern, promise__isnull=False)
    assert resumed.rung == stood
    assert "The promise of Esi Okafor passed." in story(concern)[-1]


def test_an_action_renews_the_promise_so_the_chain_stays_down(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + 2 * HOUR, by=world.esi, at=world.now + MINUTE)
    record_action(concern, what="Rang his officer.", until=world.now + 30 * HOUR, by=world.esi, at=world.now + HOUR)
    run_at(world, after=29 * HOUR)
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]
    assert pending(concern, Side.AGENCY).due_at == world.now + 30 * HOUR


def test_e08_after_the_last_rung_it_repeats_with_everybody_and_the_status_is_red(world: World) -> None:
    concern = worry(world)
    for minutes in (30, 60, 120):
        run_at(world, after=minutes * MINUTE)
    assert concerns_at_the_end(world.now + 2 * HOUR).contains(concern)
    before = len(people_mailed(concern, Side.CHARITY))
    for hours in (3, 4):
        run_at(world, after=hours * HOUR)
        wider = people_mailed(concern, Side.CHARITY)[before:]
        assert sorted(wider) == ["Ann", "Fay", "Hana", "Kit"]
        before += len(wider)
    assert pending(concern, Side.CHARITY).due_at == world.now + 5 * HOUR


def test_e08_the_status_page_says_in_so_many_words_that_nobody_has_it(
    world: World, as_person: Callable[[User], Client]
) -> None:
    said = "1 concern nobody has, though everybody was told."
    assert said not in as_person(world.hana).get("/status/").content.decode()
    concern = worry(world, at=world.now - 4 * HOUR)
    for minutes in (30, 60, 120):
        fire_due_concerns(at=concern.received_at + minutes * MINUTE)
    page = as_person(world.hana).get("/status/").content.decode()
    assert said in page
    assert "wm-card--act" in page


def test_e08_the_status_is_not_red_once_somebody_has_it(world: World) -> None:
    concern = worry(world)
    for minutes in (30, 60, 120):
        run_at(world, after=minutes * MINUTE)
    acknowledge_concern(concern, until=world.now + 4 * HOUR, by=world.kit, at=world.now + 2 * HOUR + MINUTE)
    assert not concerns_at_the_end(world.now + 3 * HOUR).contains(concern)


def test_e09_a_rung_that_reaches_nobody_is_followed_at_once(world: World) -> None:
    suspend_person(world.ann, by=world.hana, at=world.now)
    concern = worry(world)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Fay", "Hana"]
    assert [line for line in story(concern) if line.startswith("Nobody to tell")] == [
        "Nobody to tell: the coordinator. Going on at once.",
        "Nobody to tell: the coordinator, again. Going on at once.",
    ]
    assert pending(concern, Side.CHARITY).due_at == world.now + HOUR


def test_e22_the_highest_level_still_alerts_and_repeats(world: World) -> None:
    concern = worry(world, Level.IMMEDIATE)
    for minutes in (8, 15, 75, 135, 195):
        run_at(world, after=minutes * MINUTE)
    charity = people_mailed(concern, Side.CHARITY)
    assert charity[:5] == ["Ann", "Ann", *charity[2:4], "Kit"]
    assert len(charity) == 5 + 4 + 4
    urgent = Alert.objects.filter(key__startswith=concern.reference, channel=Channel.EMAIL)
    assert set(urgent.values_list("urgency", flat=True)) == {"immediate"}


def test_every_open_concern_always_has_a_next_step(world: World) -> None:
    """Promise 2, walked: at every moment of a long silence both sides have one pending step."""
    concern = worry(world)
    for hours in range(1, 30):
        run_at(world, after=hours * HOUR)
        for side in Side:
            assert pending(concern, side).due_at > world.now + hours * HOUR
        without = [line for line in reconcile(at=world.now + hours * HOUR) if "no next step" in line]
        assert without == []


def test_the_watcher_says_when_a_concern_has_no_next_step(world: World) -> None:
    concern = worry(world)
    for step in EscalationStep.objects.pending().filter(concern=concern):
        step.stopped_at = world.now
        step.save()
    assert [line for line in reconcile(at=world.now) if "no next step" in line] == [
        "1 open concerns have no next step at the charity",
        "1 concerns in a queue have no next step at the agencies",
    ]
