"""What stops a clock, what lengthens it, and what does neither."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.hold_models import Hold
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.engine.plan import plan_for
from concerns.handling.hold_operations import hold_concern, release_hold
from concerns.handling.operations import record_action
from concerns.handling.promise_operations import acknowledge_concern, claim_concern
from concerns.raising.operations import raise_concern, save_draft
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import WORDS, pending, people_mailed, story, worry
from tests.world import World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=LONDON)


def due_time_of(concern: Concern, side: Side = Side.CHARITY) -> datetime:
    return pending(concern, side).due_at


def test_e16_a_clock_that_runs_day_and_night_gains_no_minute_over_midnight(world: World) -> None:
    late = datetime(2027, 3, 1, 23, 50, tzinfo=LONDON)
    concern = worry(world, at=late)
    assert due_time_of(concern) == late + 30 * MINUTE
    fire_due_concerns(at=late + 30 * MINUTE)
    assert due_time_of(concern) == datetime(2027, 3, 2, 0, 50, tzinfo=LONDON)


@pytest.mark.parametrize(
    "night", [datetime(2027, 3, 28, 0, 45, tzinfo=LONDON), datetime(2027, 10, 31, 1, 45, tzinfo=LONDON)]
)
def test_e13_over_a_clock_change_an_urgent_clock_loses_and_doubles_no_step(world: World, night: datetime) -> None:
    concern = worry(world, at=night)
    fired = []
    for minutes in range(0, 150, 5):
        fire_due_concerns(at=night.astimezone(UTC) + minutes * MINUTE)
        fired.append(EscalationStep.objects.filter(concern=concern, side=Side.CHARITY, fired_at__isnull=False).count())
    assert [fired.count(number) for number in (1, 2, 3, 4)] == [6, 6, 12, 6]


# --- On hold -------------------------------------------------------------------------------------------------


def test_e18_three_days_on_hold_lengthen_the_clock_by_exactly_the_working_time_on_hold(world: World) -> None:
    concern = worry(world, Level.LOG, at=MONDAY)
    before = due_time_of(concern)
    began, ended = MONDAY + 5 * HOUR + 20 * MINUTE, MONDAY + 2 * DAY + 3 * HOUR
    hold_concern(concern, until=MONDAY + 4 * DAY, waiting_for="his officer", by=world.ann, at=began)
    release_hold(concern, by=world.ann, at=ended)
    worktime = plan_for(concern, Side.CHARITY).worktime
    assert worktime.between(before, due_time_of(concern)) == worktime.between(began, ended) == 13 * HOUR + 40 * MINUTE
    assert "On hold until 9:00 am on 5 March 2027 Waiting for his officer." in story(concern)


@pytest.mark.parametrize("days", [1, 2, 3, 5, 6, 9])
def test_e18_it_is_so_for_a_hold_that_ends_by_itself_over_any_weekend(world: World, days: int) -> None:
    concern = worry(world, Level.LOG, at=MONDAY)
    before, began, until = due_time_of(concern), MONDAY + 2 * HOUR, MONDAY + days * DAY + 4 * HOUR
    hold_concern(concern, until=until, waiting_for="Waits.", by=world.ann, at=began)
    worktime = plan_for(concern, Side.CHARITY).worktime
    assert worktime.between(before, due_time_of(concern)) == worktime.between(began, until)
    fire_due_concerns(at=until)
    assert people_mailed(concern, Side.CHARITY) == ["Ann"]
    fire_due_concerns(at=due_time_of(concern))
    assert people_mailed(concern, Side.CHARITY) == ["Ann", "Ann"]


def test_e19_what_starts_life_on_hold_starts_its_clock_when_it_is_released(world: World) -> None:
    concern = worry(world, Level.PRIORITY, at=MONDAY)
    hold_concern(concern, until=MONDAY + 3 * DAY, waiting_for="Raised for a later day.", by=world.ann, at=MONDAY)
    fire_due_concerns(at=MONDAY + 2 * DAY)
    assert people_mailed(concern, Side.CHARITY) == ["Ann"]
    released = MONDAY + 2 * DAY + HOUR
    release_hold(concern, by=world.ann, at=released)
    assert due_time_of(concern) == released + 4 * HOUR


def test_on_hold_there_is_always_a_next_step(world: World) -> None:
    concern = worry(world, Level.LOG, at=MONDAY)
    hold_concern(concern, until=MONDAY + DAY, waiting_for="Waits.", by=world.ann, at=MONDAY)
    assert due_time_of(concern) > MONDAY + DAY


def test_what_may_not_be_put_on_hold(world: World) -> None:
    log = worry(world, Level.LOG, at=MONDAY)
    refused = [
        (worry(world, at=MONDAY), MONDAY + DAY, "x", "Nobody has this concern yet"),
        (log, MONDAY - HOUR, "x", "later than now"),
        (log, MONDAY + DAY, " ", "whom you are waiting for"),
        (log, MONDAY + 30 * DAY, "x", "no later than"),
    ]
    for concern, until, whom, words in refused:
        with pytest.raises(Refused, match=words):
            hold_concern(concern, until=until, waiting_for=whom, by=world.ann, at=MONDAY)
    hold_concern(log, until=MONDAY + DAY, waiting_for="x", by=world.ann, at=MONDAY)
    with pytest.raises(Refused, match="on hold already"):
        hold_concern(log, until=MONDAY + DAY, waiting_for="x", by=world.ann, at=MONDAY)
    with pytest.raises(PermissionDenied):
        hold_concern(log, until=MONDAY + DAY, waiting_for="x", by=world.ben, at=MONDAY)
    assert Hold.objects.count() == 1


def test_what_is_not_held_cannot_be_released(world: World) -> None:
    concern = worry(world, Level.LOG, at=MONDAY)
    with pytest.raises(Refused, match="not on hold"):
        release_hold(concern, by=world.ann, at=MONDAY)


def test_taking_a_held_concern_on_ends_its_waiting(world: World) -> None:
    concern = worry(world, Level.LOG, at=MONDAY)
    hold_concern(concern, until=MONDAY + 3 * DAY, waiting_for="x", by=world.ann, at=MONDAY)
    acknowledge_concern(concern, until=MONDAY + DAY, by=world.ann, at=MONDAY + HOUR)
    assert due_time_of(concern) == MONDAY + DAY
    with pytest.raises(Refused, match="not on hold"):
        release_hold(concern, by=world.ann, at=MONDAY + 2 * HOUR)
    assert due_time_of(concern) == MONDAY + DAY


# --- What does not move a clock -------------------------------------------------------------------------


def test_e20_until_somebody_has_it_no_sooner_update_governs_it(world: World) -> None:
    """A claim of a quarter of an hour ends sooner than the first response is due, and an action comes too early."""
    concern = worry(world)
    first = due_time_of(concern, Side.AGENCY)
    claim_concern(concern, by=world.esi, at=world.now)
    with pytest.raises(Refused, match="Nobody has this concern yet"):
        record_action(concern, what="Rang.", until=world.now + 5 * MINUTE, by=world.esi, at=world.now)
    assert due_time_of(concern, Side.AGENCY) == first
    fire_due_concerns(at=world.now + 20 * MINUTE)
    assert people_mailed(concern, Side.AGENCY) == ["Esi"]


def test_e21_ben_who_writes_again_does_not_reset_the_clock(world: World) -> None:
    key = uuid4()
    concern = raise_concern(world.ely, submit_key=key, level=Level.URGENT, words=WORDS, by=world.ben, at=world.now)
    first = {side: due_time_of(concern, side) for side in Side}
    later = world.now + 20 * MINUTE
    again = raise_concern(world.ely, submit_key=key, level=Level.URGENT, words=WORDS, by=world.ben, at=later)
    assert again == concern
    worry(world, at=later)
    save_draft(world.ely, submit_key=uuid4(), words="And another thing.", by=world.ben, at=later)
    assert {side: due_time_of(concern, side) for side in Side} == first


def test_e32_the_lowest_level_still_has_a_last_deadline_and_never_falls_silent(world: World) -> None:
    concern = worry(world, Level.LOG, at=MONDAY)
    moments = []
    for _ in range(6):
        moments.append(due_time_of(concern))
        fire_due_concerns(at=moments[-1])
    assert moments == sorted(moments)
    assert moments[2] <= MONDAY + 14 * DAY
    assert people_mailed(concern, Side.CHARITY)[:5].count("Kit") == 1
    assert pending(concern, Side.CHARITY).round >= 3
