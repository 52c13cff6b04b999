"""What comes next follows from the level, the queue and the state that hold now, and from what this side did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from concerns.choices import Level, Outcome, Side
from concerns.concern.models import Concern
from concerns.engine.hold_models import Hold
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.engine.plan import plan_for
from concerns.handling.hold_operations import hold_concern, release_hold
from concerns.handling.merge_operations import merge_concern
from concerns.handling.move_operations import move_to_queue
from concerns.handling.operations import answer_concern, pass_to_queue, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.reopen_operations import reopen_concern
from concerns.handling.triage_operations import triage_concern, watch_in_circle
from concerns.watch.reconcile import undone_sentences
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.examples import with_examples
from tests.world import World

As = Callable[[User], Client]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=LONDON)


def concern_of_ann(world: World, level: Level = Level.PRIORITY, *, until: timedelta = HOUR) -> Concern:
    """Ben's worry, which Ann has."""
    return acknowledge_concern(worry(world, level, at=MONDAY), until=MONDAY + until, by=world.ann, at=MONDAY)


def raise_level(world: World, concern: Concern, level: Level, at: datetime) -> Concern:
    return triage_concern(concern, level=level, reason="It is so.", by=world.hana, at=at)


# --- Holds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "within"), [(Level.IMMEDIATE, HOUR), (Level.URGENT, 4 * HOUR)])
def test_what_becomes_urgent_is_held_no_longer(world: World, level: Level, within: timedelta) -> None:
    concern = concern_of_ann(world, until=6 * HOUR)
    hold_concern(concern, waiting_for="probation", until=MONDAY + 2 * DAY, by=world.ann, at=MONDAY)
    raise_level(world, concern, level, MONDAY + HOUR)
    assert pending(concern, Side.CHARITY).due_at == MONDAY + HOUR + within
    assert not Hold.objects.in_force(MONDAY + HOUR).exists()
    assert f"No longer on hold {level.label} does not wait for anybody." in story(concern)
    with pytest.raises(Refused, match="not on hold"):
        release_hold(concern, by=world.ann, at=MONDAY + HOUR)
    with pytest.raises(Refused, match=f"{level.label} does not wait"):
        hold_concern(concern, waiting_for="him", until=MONDAY + 2 * HOUR, by=world.ann, at=MONDAY + HOUR)


@given(
    levels=st.lists(st.sampled_from(list(Level)), min_size=1, max_size=4),
    held=st.integers(1, 3 * 24 * 60),
    gap=st.integers(1, 600),
    releases=st.booleans(),
)
@with_examples(10)
def test_whatever_the_levels_do_meanwhile_a_hold_gives_back_no_more_than_the_level_that_holds_then(
    world: World, levels: list[Level], held: int, gap: int, releases: bool
) -> None:
    concern = concern_of_ann(world, until=2 * HOUR)
    hold_concern(concern, waiting_for="him", until=MONDAY + held * MINUTE, by=world.ann, at=MONDAY)
    at = MONDAY
    for level in levels:
        at += gap * MINUTE
        concern = raise_level(world, concern, level, at)
        standing = Hold.objects.in_force(at).filter(concern=concern)
        assert not (level.tells_agency_at_once and standing.exists())
        if releases and standing.exists():
            release_hold(concern, by=world.ann, at=at)
        begins = max([at, *standing.values_list("until", flat=True)])
        assert pending(concern, Side.CHARITY).due_at <= plan_for(concern, Side.CHARITY).latest_first_promise(begins)
        assert undone_sentences(world.now) == []


def test_what_is_joined_to_another_takes_no_hold_along_and_ends_the_others(world: World) -> None:
    kept, joined = worry(world, Level.LOG, at=MONDAY), worry(world, Level.PRIORITY, at=MONDAY)
    soonest = pending(joined, Side.CHARITY).due_at
    for concern in (kept, joined):
        hold_concern(concern, waiting_for="him", until=MONDAY + 3 * DAY, by=world.ann, at=MONDAY)
    merge_concern(joined, into=kept, reason="One thing.", by=world.ann, at=MONDAY + MINUTE)
    assert not Hold.objects.in_force(MONDAY + MINUTE).exists()
    assert pending(kept, Side.CHARITY).due_at <= soonest + MINUTE


def test_taken_up_again_nothing_is_on_hold_from_before(world: World) -> None:
    concern = concern_of_ann(world)
    answer_concern(concern, outcome=Outcome.DISCUSSED, answer="Talked.", by=world.ann, at=MONDAY)
    hold_concern(concern, waiting_for="him", until=MONDAY + 3 * DAY, by=world.ann, at=MONDAY)
    reopen_concern(concern, reason="More.", by=world.ann, at=MONDAY + HOUR)
    assert not Hold.objects.in_force(MONDAY + HOUR).exists()
    assert people_mailed(concern, Side.CHARITY) == ["Ann", "Ann"]


def test_holds_in_a_row_reach_no_further_than_one_until_something_is_done(world: World) -> None:
    concern = concern_of_ann(world)
    hold_concern(concern, waiting_for="him", until=MONDAY + 13 * DAY, by=world.ann, at=MONDAY)
    later = MONDAY + 12 * DAY
    release_hold(concern, by=world.ann, at=later)
    with pytest.raises(Refused, match="no later than 9:00 am on 15 March"):
        hold_concern(concern, waiting_for="him", until=later + 9 * DAY, by=world.ann, at=later)
    record_action(concern, what="Rang.", until=later + DAY, by=world.ann, at=later)
    hold_concern(concern, waiting_for="him", until=later + 9 * DAY, by=world.ann, at=later + MINUTE)


# --- Ceilings -----------------------------------------------------------------------------------------------


def assert_refused(act: Callable[..., object], concern: Concern, *, by: User, at: datetime, **words: str) -> None:
    with pytest.raises(Refused, match="no later than"):
        act(concern, until=at + 13 * DAY, by=by, at=at, **words)


def test_what_ann_did_allows_esi_nothing_longer(world: World) -> None:
    concern = concern_of_ann(world, Level.IMMEDIATE)
    record_action(concern, what="Rang 999.", until=MONDAY + 13 * DAY, by=world.ann, at=MONDAY)
    assert_refused(acknowledge_concern, concern, by=world.esi, at=MONDAY)
    acknowledge_concern(concern, until=MONDAY + HOUR, by=world.esi, at=MONDAY)


def test_what_was_done_before_a_promise_passed_allows_nothing_after_it(world: World) -> None:
    concern = concern_of_ann(world, Level.URGENT)
    record_action(concern, what="Rang.", until=MONDAY + 2 * HOUR, by=world.ann, at=MONDAY)
    acknowledge_concern(concern, until=MONDAY + DAY, by=world.ann, at=MONDAY + HOUR)
    fire_due_concerns(at=MONDAY + DAY)
    assert_refused(acknowledge_concern, concern, by=world.ann, at=MONDAY + DAY + MINUTE)


def test_what_was_done_before_it_was_answered_allows_nothing_after_it_is_taken_up_again(world: World) -> None:
    concern = concern_of_ann(world, Level.URGENT)
    record_action(concern, what="Rang.", until=MONDAY + 2 * HOUR, by=world.ann, at=MONDAY)
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=MONDAY)
    reopen_concern(concern, reason="More.", by=world.ann, at=MONDAY)
    assert_refused(acknowledge_concern, concern, by=world.ann, at=MONDAY)


def test_what_was_done_as_a_log_allows_nothing_once_it_is_immediate(world: World) -> None:
    concern = concern_of_ann(world, Level.LOG)
    record_action(concern, what="Rang.", until=MONDAY + 13 * DAY, by=world.ann, at=MONDAY)
    raise_level(world, concern, Level.IMMEDIATE, MONDAY + HOUR)
    assert_refused(acknowledge_concern, concern, by=world.ann, at=MONDAY + HOUR)
    assert_refused(watch_in_circle, concern, by=world.ann, at=MONDAY + HOUR, plan="Ask.")


@pytest.mark.parametrize("level", [Level.IMMEDIATE, Level.URGENT, Level.PRIORITY])
def test_nobody_watches_for_thirteen_days_what_nothing_was_done_about(world: World, level: Level) -> None:
    concern = raise_level(world, concern_of_ann(world, level), level, MONDAY)
    assert_refused(watch_in_circle, concern, by=world.ann, at=MONDAY, plan="Ask.")
    record_action(concern, what="Spoke with him.", until=MONDAY + HOUR, by=world.ann, at=MONDAY + MINUTE)
    watch_in_circle(concern, plan="Ask.", until=MONDAY + 13 * DAY, by=world.ann, at=MONDAY + 2 * MINUTE)


def test_promises_in_a_row_reach_no_further_than_one_until_something_is_done(world: World) -> None:
    concern = concern_of_ann(world, Level.IMMEDIATE, until=50 * MINUTE)
    later = MONDAY + 45 * MINUTE
    with pytest.raises(Refused, match="no later than 10:00 am on 1 March"):
        acknowledge_concern(concern, until=later + HOUR, by=world.ann, at=later)
    record_action(concern, what="Rang 999.", until=later + HOUR, by=world.ann, at=later)


# --- Queues -------------------------------------------------------------------------------------------------


def test_moved_to_norfolk_what_had_its_wait_reaches_lou_at_once(world: World) -> None:
    concern = concern_of_ann(world)
    pass_to_queue(concern, by=world.ann, at=MONDAY)
    move_to_queue(concern, queue=world.norfolk, reason="He moved.", by=world.ann, at=MONDAY + HOUR)
    assert people_mailed(concern, Side.AGENCY)[-1] == "Lou"
    assert EscalationStep.objects.filter(concern=concern, side=Side.AGENCY, fired_at=MONDAY + HOUR).exists()


def test_taken_up_again_it_is_wanted_of_the_queue_at_once(world: World) -> None:
    concern = concern_of_ann(world)
    pass_to_queue(concern, by=world.ann, at=MONDAY)
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=MONDAY)
    reopen_concern(concern, reason="More.", by=world.ann, at=MONDAY + HOUR)
    assert people_mailed(concern, Side.AGENCY) == ["Esi", "Esi"]
