"""Sorting a concern: levels, watching, holds, and what they do to the clocks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from concerns.choices import Level, Outcome, Side
from concerns.concern.models import Concern
from concerns.engine.hold_models import Hold
from concerns.engine.operations import fire_due_concerns
from concerns.handling.hold_operations import hold_concern, release_hold
from concerns.handling.operations import answer_concern, pass_to_queue, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.triage_operations import change_level, triage_concern, watch_in_circle
from concerns.ladder.models import working_time
from concerns.watch.reconcile import undone_sentences
from core.errors import MoveNotAllowed, Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import pending, people_mailed, story, worry
from tests.examples import with_examples
from tests.world import World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=LONDON)


def concern_of_ann(
    world: World, level: Level = Level.PRIORITY, at: datetime = MONDAY, *, until: timedelta = HOUR
) -> Concern:
    """Ben's worry, which Ann has."""
    return acknowledge_concern(worry(world, level, at=at), until=at + until, by=world.ann, at=at)


def test_nobody_sorts_what_nobody_has(world: World) -> None:
    with pytest.raises(Refused, match="Press “I am dealing with it” first"):
        triage_concern(worry(world), level=Level.URGENT, by=world.ann, at=world.now)


def test_making_it_less_urgent_needs_a_reason_and_making_it_more_does_not(world: World) -> None:
    concern = concern_of_ann(world)
    with pytest.raises(Refused, match="less urgent") as refused:
        triage_concern(concern, level=Level.LOG, reason=" ", by=world.ann, at=MONDAY)
    assert refused.value.field == "reason"
    assert triage_concern(concern, level=Level.URGENT, by=world.ann, at=MONDAY).level == Level.URGENT


def test_what_ben_suggested_is_not_undercut_in_two_steps_without_a_reason(world: World) -> None:
    concern = concern_of_ann(world)
    concern = triage_concern(concern, level=Level.LOG, reason="He had told us.", by=world.ann, at=MONDAY)
    with pytest.raises(Refused, match="less urgent"):
        triage_concern(concern, level=Level.LOG, by=world.ann, at=MONDAY)


@pytest.mark.parametrize("name", ["ann", "kit"])
def test_immediate_is_lowered_by_nobody_but_the_lead_and_the_manager(world: World, name: str) -> None:
    concern = concern_of_ann(world, Level.IMMEDIATE)
    with pytest.raises(PermissionDenied, match="immediate concern less urgent"):
        triage_concern(concern, level=Level.URGENT, reason="It is over.", by=world.people[name], at=MONDAY)
    for lead in ("fay", "hana"):
        change_level(Concern.objects.get(pk=concern.pk), Level.IMMEDIATE, by=world.ann, at=MONDAY)
        lowered = triage_concern(concern, level=Level.URGENT, reason="Over.", by=world.people[lead], at=MONDAY)
        assert lowered.level == Level.URGENT


def test_an_officer_does_not_decide_the_charitys_level(world: World) -> None:
    concern = concern_of_ann(world, Level.URGENT)
    with pytest.raises(PermissionDenied):
        triage_concern(concern, level=Level.IMMEDIATE, by=world.esi, at=MONDAY)


def test_raised_to_urgent_it_reaches_the_queue_at_once_and_anns_promise_is_shortened(world: World) -> None:
    concern = concern_of_ann(world, until=6 * HOUR)
    assert concern.queued_at is None
    triage_concern(concern, level=Level.URGENT, by=world.ann, at=MONDAY + HOUR)
    concern.refresh_from_db()
    assert concern.queued_at == MONDAY + HOUR
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]
    assert pending(concern, Side.CHARITY).due_at == MONDAY + HOUR + 4 * HOUR
    assert undone_sentences(world.now) == []


def test_a_stricter_level_never_leaves_more_time_than_was_left(world: World) -> None:
    concern = concern_of_ann(world, until=30 * MINUTE)
    triage_concern(concern, level=Level.URGENT, by=world.ann, at=MONDAY)
    assert pending(concern, Side.CHARITY).due_at == MONDAY + 30 * MINUTE


def test_lowered_the_agencies_wait_by_the_new_clock(world: World) -> None:
    concern = worry(world, Level.URGENT, at=MONDAY)
    acknowledge_concern(concern, until=MONDAY + HOUR, by=world.ann, at=MONDAY)
    before = pending(concern, Side.AGENCY).due_at
    triage_concern(concern, level=Level.PRIORITY, reason="He had asked first.", by=world.ann, at=MONDAY)
    assert pending(concern, Side.AGENCY).due_at > before
    fire_due_concerns(at=before)
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]


def test_an_answered_one_is_taken_up_again_and_not_sorted(world: World) -> None:
    concern = concern_of_ann(world)
    answer_concern(concern, outcome=Outcome.DISCUSSED, answer="Talked.", by=world.ann, at=MONDAY)
    with pytest.raises(Refused, match="take it up again"):
        triage_concern(concern, level=Level.URGENT, by=world.ann, at=MONDAY)


def test_watched_in_the_circle_the_ladder_goes_on_on_the_day_it_was_promised(world: World) -> None:
    concern = concern_of_ann(world)
    with pytest.raises(MoveNotAllowed):
        watch_in_circle(concern, plan="Ask each week.", until=MONDAY + 7 * DAY, by=world.ann, at=MONDAY)
    triage_concern(concern, level=Level.PRIORITY, by=world.ann, at=MONDAY)
    with pytest.raises(Refused, match="what the circle watches for"):
        watch_in_circle(concern, plan=" ", until=MONDAY + 7 * DAY, by=world.ann, at=MONDAY)
    with pytest.raises(Refused, match="no later than"):
        watch_in_circle(concern, plan="Ask each week.", until=MONDAY + 15 * DAY, by=world.ann, at=MONDAY)
    record_action(concern, what="Spoke with him.", until=MONDAY + DAY, by=world.ann, at=MONDAY)
    concern = watch_in_circle(concern, plan="Ask each week.", until=MONDAY + 7 * DAY, by=world.ann, at=MONDAY)
    assert concern.status == Concern.Status.MONITORED
    fire_due_concerns(at=MONDAY + 7 * DAY - MINUTE)
    assert people_mailed(concern) == ["Ann"]
    fire_due_concerns(at=MONDAY + 7 * DAY)
    assert people_mailed(concern) == ["Ann", "Ann"]


def test_e18_on_hold_three_days_the_clock_is_put_off_by_exactly_the_working_time(world: World) -> None:
    """Friday 15:00 to Monday 10:00: 2 h left of Friday and 1 h of Monday, whatever the midnights."""
    friday = MONDAY + 4 * DAY + 6 * HOUR
    concern = concern_of_ann(world, at=MONDAY)
    record_action(concern, what="Rang.", until=friday + 1 * HOUR, by=world.ann, at=MONDAY)
    hold_concern(concern, waiting_for="probation", until=MONDAY + 7 * DAY + HOUR, by=world.ann, at=friday)
    assert pending(concern, Side.CHARITY).due_at == MONDAY + 7 * DAY + 2 * HOUR


@given(
    started=st.integers(0, 600),
    long=st.integers(1, 12 * 24 * 60),
    left=st.integers(1, 3000),
    level=st.sampled_from([Level.PRIORITY, Level.LOG]),
    released=st.none() | st.floats(0, 1),
)
@with_examples(10)
def test_what_was_left_before_a_hold_is_left_after_it(
    world: World, started: int, long: int, left: int, level: Level, released: float | None
) -> None:
    begun = MONDAY + started * MINUTE
    concern = concern_of_ann(world, level, at=MONDAY)
    step = pending(concern, Side.CHARITY)
    step.due_at = begun + left * MINUTE
    step.save()
    worktime = working_time()
    before = worktime.between(begun, step.due_at)
    until = begun + long * MINUTE
    hold_concern(concern, waiting_for="probation", until=until, by=world.ann, at=begun)
    if released is not None:
        until = begun + (long * MINUTE) * released * 0.99
        release_hold(concern, by=world.ann, at=until)
    due = pending(concern, Side.CHARITY).due_at
    assert worktime.between(until, due) == before
    assert due >= until


def test_a_hold_stops_anns_clock_and_not_the_agencies(world: World) -> None:
    concern = concern_of_ann(world)
    pass_to_queue(concern, by=world.ann, at=MONDAY)
    before = pending(concern, Side.AGENCY).due_at
    hold_concern(concern, waiting_for="his officer", until=MONDAY + DAY, by=world.ann, at=MONDAY)
    assert pending(concern, Side.AGENCY).due_at == before
    fire_due_concerns(at=MONDAY + DAY)
    assert people_mailed(concern, Side.CHARITY) == ["Ann"]
    fire_due_concerns(at=MONDAY + DAY + HOUR)
    assert people_mailed(concern, Side.CHARITY) == ["Ann", "Ann"]
    assert any("Waiting for his officer" in line for line in story(concern))


@pytest.mark.parametrize(
    ("waiting_for", "until", "words"),
    [(" ", DAY, "whom you are waiting for"), ("him", -DAY, "later than now"), ("him", 15 * DAY, "no later than")],
)
def test_a_hold_says_for_whom_and_until_when(world: World, waiting_for: str, until: timedelta, words: str) -> None:
    with pytest.raises(Refused, match=words):
        hold_concern(concern_of_ann(world), waiting_for=waiting_for, until=MONDAY + until, by=world.ann, at=MONDAY)


def test_immediate_does_not_wait(world: World) -> None:
    with pytest.raises(Refused, match="Immediate does not wait"):
        hold_concern(
            concern_of_ann(world, Level.IMMEDIATE), waiting_for="him", until=MONDAY + DAY, by=world.ann, at=MONDAY
        )


def test_nobody_holds_what_nobody_has(world: World) -> None:
    with pytest.raises(Refused, match="Nobody has"):
        hold_concern(worry(world, at=MONDAY), waiting_for="him", until=MONDAY + DAY, by=world.ann, at=MONDAY)


def test_one_hold_at_a_time_and_one_to_release(world: World) -> None:
    concern = concern_of_ann(world)
    with pytest.raises(Refused, match="not on hold"):
        release_hold(concern, by=world.ann, at=MONDAY)
    hold_concern(concern, waiting_for="probation", until=MONDAY + DAY, by=world.ann, at=MONDAY)
    with pytest.raises(Refused, match="on hold already, waiting for probation"):
        hold_concern(concern, waiting_for="him", until=MONDAY + DAY, by=world.hana, at=MONDAY + HOUR)


def test_recording_what_was_done_ends_the_hold(world: World) -> None:
    concern = concern_of_ann(world)
    hold_concern(concern, waiting_for="probation", until=MONDAY + DAY, by=world.ann, at=MONDAY)
    record_action(concern, what="They rang.", until=MONDAY + 2 * HOUR, by=world.ann, at=MONDAY + HOUR)
    assert not Hold.objects.in_force(MONDAY + HOUR).exists()
    assert pending(concern, Side.CHARITY).due_at == MONDAY + 2 * HOUR
