"""The simulator says what the engine then does, and nobody learns more from it than they may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import User
from alerts.message.models import Alert
from concerns.choices import Level, Side
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.ladder.models import working_time
from concerns.raising.operations import raise_concern
from concerns.simulation.operations import Case, SimulatedTelling, simulate
from concerns.simulation.timeline import clock_changes, closed_between, timeline_of
from tests.concerns.engine.raising import WORDS
from tests.concerns.rota.on_call import put_on_call
from tests.examples import with_examples
from tests.world import World

As = Callable[[User], Client]
ADDRESS = "/concerns/simulator/"

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(min_value=0, max_value=2_900_000).map(lambda minutes: FIRST + timedelta(minutes=minutes))
SPRING = datetime(2027, 3, 28, 0, 50, tzinfo=UTC)
AUTUMN = datetime(2027, 10, 31, 0, 20, tzinfo=UTC)
GOOD_FRIDAY_EVE = datetime(2027, 3, 25, 16, 30, tzinfo=UTC)

Step = tuple[datetime, str, int, int, frozenset[str], frozenset[str]]


def step_told(telling: SimulatedTelling) -> Step:
    return (
        telling.at,
        telling.side.value,
        telling.round,
        telling.rung,
        frozenset(person.email for person in telling.people),
        frozenset(way.value for way in telling.ways),
    )


def step_fired(step: EscalationStep) -> Step:
    alerts = list(Alert.objects.filter(key=step.alert_key).select_related("recipient"))
    assert step.fired_at is not None
    return (
        step.fired_at,
        step.side,
        step.round,
        step.rung,
        frozenset(alert.recipient.email for alert in alerts),
        frozenset(alert.channel for alert in alerts),
    )


def steps_fired_until(concern: Concern, until: datetime) -> list[Step]:
    """Everything the engine does with nobody answering, its clock stepped from due time to due time."""
    while (due := EscalationStep.objects.pending().filter(concern=concern).order_by("due_at").first()) is not None:
        if due.due_at > until:
            break
        fire_due_concerns(at=due.due_at)
    steps = EscalationStep.objects.filter(concern=concern, fired_at__isnull=False).order_by("fired_at", "pk")
    return [step_fired(step) for step in steps]


@given(
    level=st.sampled_from(list(Level)),
    moment=moments,
    circle=st.sampled_from(["ely", "wisbech"]),
    by_coordinator=st.booleans(),
    about_coordinator=st.booleans(),
    on_call=st.booleans(),
)
@example(
    level=Level.IMMEDIATE, moment=SPRING, circle="ely", by_coordinator=False, about_coordinator=False, on_call=True
)
@example(level=Level.URGENT, moment=AUTUMN, circle="ely", by_coordinator=False, about_coordinator=False, on_call=False)
@example(
    level=Level.PRIORITY,
    moment=GOOD_FRIDAY_EVE,
    circle="ely",
    by_coordinator=True,
    about_coordinator=False,
    on_call=True,
)
@with_examples(8)
def test_the_simulator_says_what_the_engine_does(
    world: World,
    level: Level,
    moment: datetime,
    circle: str,
    by_coordinator: bool,
    about_coordinator: bool,
    on_call: bool,
) -> None:
    about_coordinator = about_coordinator and not by_coordinator
    found = getattr(world, circle)
    case = Case(level, world.queue, found, "", by_coordinator, about_coordinator)
    point = transaction.savepoint()
    if on_call:
        put_on_call(
            world,
            world.pat,
            telephone="01632 960 111",
            starts_at=moment - timedelta(days=1),
            ends_at=moment + timedelta(days=30),
            at=moment - timedelta(days=1),
        )
    foretold = simulate(case, at=moment)
    volunteer = world.ben if circle == "ely" else world.dev
    concern = raise_concern(
        found,
        submit_key=uuid4(),
        level=level,
        words=WORDS,
        at=moment,
        by=found.coordinator if by_coordinator else volunteer,
        about=found.coordinator if about_coordinator else None,
    )
    steps = steps_fired_until(concern, until=foretold[-1].at)
    for side in Side:
        ladder = [step_told(one) for one in foretold if one.side == side]
        assert [step for step in steps if step[1] == side][: len(ladder)] == ladder
    transaction.savepoint_rollback(point)


def test_the_simulator_writes_nothing(world: World) -> None:
    simulate(Case(Level.URGENT, world.queue, world.ely), at=world.now)
    assert not Concern.objects.exists()
    assert not EscalationStep.objects.exists()
    assert not Alert.objects.exists()


def test_without_a_circle_the_coordinator_is_known_only_by_what_she_is(world: World) -> None:
    first = simulate(Case(Level.URGENT, world.queue), at=world.now)[0]
    assert (first.who, first.people, first.nobody) == ("the coordinator", [], False)


def test_an_area_without_a_queue_tells_nobody_at_the_agencies(world: World) -> None:
    tellings = simulate(Case(Level.IMMEDIATE, None), at=world.now)
    assert {one.side for one in tellings} == {Side.CHARITY}


@pytest.mark.parametrize("moment", [SPRING, AUTUMN])
def test_a_quarter_of_an_hour_is_one_in_the_night_the_clocks_change(world: World, moment: datetime) -> None:
    charity = [one for one in simulate(Case(Level.IMMEDIATE, None, world.ely), at=moment) if one.side == Side.CHARITY]
    assert charity[2].at - moment == timedelta(minutes=15)
    assert len(clock_changes(moment, moment + timedelta(hours=3))) == 1


def test_good_friday_is_shaded(world: World) -> None:
    end = GOOD_FRIDAY_EVE + timedelta(days=6)
    closed = closed_between(GOOD_FRIDAY_EVE, end, working_time())
    assert closed[0] == (
        datetime(2027, 3, 25, 17, tzinfo=UTC),
        datetime(2027, 3, 30, 8, tzinfo=UTC),
    )


def test_no_mark_of_a_lane_covers_another(world: World) -> None:
    tellings = simulate(Case(Level.LOG, world.queue, world.ely), at=world.now)
    picture = timeline_of(tellings, world.now, working_time())
    for side in Side:
        places = [mark.x for mark in picture.marks if mark.side == side]
        assert all(b - a >= 24 for a, b in pairwise(places))
    assert [mark.number for mark in picture.marks] == list(range(1, len(tellings) + 1))


def test_the_page_names_ann_and_esi_for_the_ely_circle(world: World, as_person: As) -> None:
    asked = {"level": "urgent", "queue": world.norfolk.reference, "circle": "c-0142", "moment": "2027-03-27T23:30"}
    page = as_person(world.ann).get(ADDRESS, asked).content.decode()
    assert "Ann Farrowby" in page
    assert "Esi Okafor" in page
    assert "Clocks go forward on Sunday 28 March" in page
    assert page.count('class="wm-sim__mark') == page.count('<th scope="row">')


def test_ann_cannot_try_a_circle_that_is_not_hers(world: World, as_person: As) -> None:
    asked = {"level": "log", "queue": world.queue.reference, "circle": "C-0098", "moment": "2027-03-01T09:00"}
    page = as_person(world.ann).get(ADDRESS, asked).content.decode()
    assert "No circle of yours is called C-0098" in page
    assert "Pat Lowe" not in page


def test_ivor_tries_his_own_queue_and_no_other(world: World, as_person: As) -> None:
    page = as_person(world.ivor).get(ADDRESS).content.decode()
    assert world.queue.reference in page
    assert world.norfolk.reference not in page
    asked = {"level": "log", "queue": world.norfolk.reference, "moment": "2027-03-01T09:00"}
    assert "Lou Garner" not in as_person(world.ivor).get(ADDRESS, asked).content.decode()


@pytest.mark.parametrize("moment", ["2040-01-01T09:00", "tomorrow", ""])
def test_a_moment_that_cannot_be_answered_is_refused_in_words(world: World, as_person: As, moment: str) -> None:
    asked = {"level": "log", "queue": world.queue.reference, "moment": moment}
    page = as_person(world.hana).get(ADDRESS, asked).content.decode()
    assert "Error: Who would be told?" in page
    assert "wm-sim__mark" not in page
