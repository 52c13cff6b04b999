"""A ladder that cannot be climbed is never used: the one that came with the service is, loudly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from concerns.choices import Level, Side
from concerns.defaults import terms_of_side
from concerns.ladder.limits import MOST_TIMES, longest_times_of
from concerns.ladder.models import Clock, LadderVersion, Rung
from concerns.ladder.operations import approve_ladder, propose_ladder
from concerns.watch.sweep import sweep
from core.errors import Refused
from tests.concerns.engine.raising import pending, people_mailed, worry
from tests.examples import with_examples
from tests.owner import let_app_change
from tests.world import World

HOUR = timedelta(hours=1)
BEYOND = timedelta(days=3_000_000)
"""Further than any calendar reaches."""


@pytest.fixture(autouse=True)
def ladders_may_be_broken(world: World) -> None:
    """The service's own role cannot: somebody with an administrator's hand did."""
    let_app_change("concerns_clock", "concerns_rung")


def version(world: World) -> LadderVersion:
    return LadderVersion.objects.in_force(world.now)


def rungs_of(world: World, side: Side = Side.CHARITY, level: Level = Level.URGENT) -> list[Rung]:
    return list(Rung.objects.filter(ladder=version(world), level=level, side=side).order_by("position"))


@pytest.mark.parametrize("field", ["acknowledge_within", "act_within", "repeat_every"])
@pytest.mark.parametrize("length", [BEYOND, timedelta(days=400)])
def test_a_clock_beyond_any_use_does_not_silence_a_concern(
    world: World, field: str, length: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    Clock.objects.filter(ladder=version(world)).update(**{field: length})
    concern = worry(world)
    sweep(at=world.now + 9 * HOUR)
    assert {"Ann", "Hana", "Fay", "Kit"} <= set(people_mailed(concern, Side.CHARITY))
    assert pending(concern, Side.CHARITY).due_at <= world.now + 10 * HOUR
    assert "a ladder is broken; the first one is used" in caplog.text


def test_a_rung_beyond_the_calendar_does_not_silence_a_concern(world: World) -> None:
    Rung.objects.filter(pk=rungs_of(world)[1].pk).update(after=BEYOND)
    concern = worry(world)
    sweep(at=world.now + 9 * HOUR)
    assert {"Ann", "Hana", "Fay", "Kit"} <= set(people_mailed(concern, Side.CHARITY))


def test_a_ladder_of_working_hours_for_what_cannot_wait_is_not_used(world: World) -> None:
    Clock.objects.filter(ladder=version(world)).update(day_and_night=False)
    concern = worry(world)
    sweep(at=world.now + 3 * HOUR)
    assert "Hana" in people_mailed(concern, Side.CHARITY)


@pytest.mark.parametrize("hours", [11, 400])
def test_a_proposal_that_could_not_be_climbed_is_refused_in_words(world: World, hours: int) -> None:
    with pytest.raises(Refused, match="at most"):
        propose_ladder(
            level=Level.URGENT,
            side=Side.CHARITY,
            acknowledge_within=hours * HOUR,
            reason="Longer.",
            by=world.hana,
            at=world.now,
        )
    assert not LadderVersion.objects.proposed().exists()


def test_a_proposal_that_was_broken_since_is_not_agreed_to(world: World) -> None:
    made = propose_ladder(
        level=Level.URGENT,
        side=Side.CHARITY,
        acknowledge_within=2 * HOUR,
        reason="Two hours.",
        by=world.hana,
        at=world.now,
    )
    Rung.objects.filter(ladder=made, level=Level.LOG).delete()
    with pytest.raises(Refused, match="no clock or no rungs"):
        approve_ladder(made, by=world.kit, at=world.now)


LENGTHS = st.one_of(
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=10)),
    st.timedeltas(min_value=timedelta(days=-10_000), max_value=BEYOND),
)


@given(
    st.sampled_from(list(Level)),
    st.fixed_dictionaries({}, optional=dict.fromkeys(("acknowledge_within", "act_within"), LENGTHS)),
    st.lists(LENGTHS, max_size=4),
    st.booleans(),
)
@with_examples(12)
def test_whatever_ladder_is_stored_every_step_comes_in_a_time_that_is_of_use(
    world: World, level: Level, clock: dict[str, timedelta], times: list[timedelta], day_and_night: bool
) -> None:
    with transaction.atomic():
        ladder = version(world)
        Clock.objects.filter(ladder=ladder).update(day_and_night=day_and_night, **clock)
        for side in Side:
            for rung, after in zip(rungs_of(world, side, level), times, strict=False):
                Rung.objects.filter(pk=rung.pk).update(after=after)
        concern = worry(world, level)
        at = world.now
        for _ in range(6):
            step = pending(concern, Side.CHARITY)
            longest = longest_times_of(level, Side.CHARITY)
            most = max(longest["after"], longest["repeat_every"])
            assert step.due_at <= at + 9 * most + timedelta(days=14), "working time is at most nine times as long"
            at = max(at, step.due_at)
            sweep(at=at)
        assert people_mailed(concern, Side.CHARITY)
        transaction.set_rollback(True)


def test_the_ladder_that_came_with_the_service_is_itself_well_within_the_limits() -> None:
    for level in Level:
        for side in Side:
            within, _, times = terms_of_side(level, side)
            longest = longest_times_of(level, side)
            assert longest["acknowledge_within"] == MOST_TIMES * within
            assert longest["after"] == MOST_TIMES * times[-1]


def test_hana_cannot_ask_for_a_first_action_before_somebody_must_have_it(world: World) -> None:
    with pytest.raises(
        Refused, match="the first action would be asked for after 4 h, before somebody must have it, after 5 h"
    ):
        propose_ladder(
            level=Level.URGENT,
            side=Side.CHARITY,
            acknowledge_within=timedelta(hours=5),
            reason="We are few.",
            by=world.hana,
            at=world.now,
        )
    assert not LadderVersion.objects.proposed().exists()
