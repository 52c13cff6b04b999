"""A question written once finds what the question itself finds, for everybody and as things stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from accounts.models import User
from alerts.leave.cover import COVERED
from alerts.leave.operations import cancel_leave, plan_leave
from circles.circle.models import JOINED_CIRCLES, TIED, Circle, Membership
from circles.minutes_share.models import COORDINATED, SENT_TO
from circles.review.models import INVITED
from concerns.concern.access import BELONGED
from concerns.concern.rows import LOOSE, ON_SHIFT, STAFF_THEMSELVES, TAKEN_ON_SHIFT
from concerns.queue.models import GRANTED, Queue
from core.keyed_query import KeyedQuery
from tests.concerns.engine.raising import worry
from tests.concerns.rota.on_call import put_on_call
from tests.world import World

EVERY = [
    COVERED,
    JOINED_CIRCLES,
    TIED,
    COORDINATED,
    SENT_TO,
    INVITED,
    BELONGED,
    GRANTED,
    LOOSE,
    ON_SHIFT,
    STAFF_THEMSELVES,
    TAKEN_ON_SHIFT,
]


def answers_of(question: QuerySet[Any, Any]) -> set[Any]:
    return {next(iter(row.values())) for row in question}


@pytest.mark.parametrize("keyed", EVERY)
def test_everybody_is_found_what_the_orm_finds_anew(keyed: KeyedQuery, world: World) -> None:
    worry(world)
    put_on_call(
        world,
        world.ann,
        telephone="01632 960 111",
        starts_at=world.now - timedelta(hours=1),
        ends_at=world.now + timedelta(hours=8),
        at=world.now,
    )
    for person in world.people.values():
        assert keyed.read_keys(person.pk) == answers_of(keyed.build(person.pk)), person
        everybody = User.objects.filter(pk__in=keyed(person.pk))
        assert set(everybody.values_list("pk", flat=True)) == set(
            User.objects.filter(pk__in=keyed.build(person.pk)).values_list("pk", flat=True)
        )


def test_most_of_them_find_something_for_somebody(world: World) -> None:
    """So that the test above compares more than nothing with nothing."""
    assert JOINED_CIRCLES.read_keys(world.ben.pk) == {world.meeting.circle_id}
    assert TIED.read_keys(world.ann.pk) >= {world.meeting.circle_id}
    assert COORDINATED.read_keys(world.ann.pk) >= {world.meeting.pk}
    assert GRANTED.read_keys(world.esi.pk) <= set(Queue.objects.values_list("pk", flat=True))
    assert GRANTED.read_keys(world.esi.pk)
    assert BELONGED.read_keys(world.cas.pk)
    assert JOINED_CIRCLES.read_keys(world.cas.pk) == set()


def test_it_is_asked_anew_each_time(world: World) -> None:
    """What is kept is the question: a membership that ends, and cover that begins and ends, bite at once."""
    own = Membership.objects.filter(volunteer__user=world.ben)
    assert JOINED_CIRCLES.read_keys(world.ben.pk)
    own.update(joined_at=world.now - timedelta(days=2), left_at=world.now - timedelta(days=1), left_by=world.ann)
    assert JOINED_CIRCLES.read_keys(world.ben.pk) == set()
    leave = plan_leave(
        world.ann,
        deputy=world.pat,
        starts_at=world.now - timedelta(hours=1),
        ends_at=world.now + timedelta(days=1),
        by=world.hana,
        at=world.now,
    )
    assert COVERED.read_keys(world.pat.pk) == {world.ann.pk}
    cancel_leave(leave, by=world.hana, at=world.now)
    assert COVERED.read_keys(world.pat.pk) == set()


def test_the_key_goes_where_the_stand_in_stood_and_nowhere_else(world: World) -> None:
    twice = KeyedQuery(lambda key: Circle.objects.filter(coordinator=key, opened_by=key, weekday=6).values("pk"))
    _, params = twice._filled(world.ann.pk)
    assert [params.count(world.ann.pk), len(params)] == [2, 3]


def test_a_condition_holds_when_there_is_a_row(world: World) -> None:
    before = Circle.objects.filter(ON_SHIFT.exists(world.ann.pk)).count()
    put_on_call(
        world,
        world.ann,
        starts_at=world.now - timedelta(hours=1),
        ends_at=world.now + timedelta(hours=8),
        at=world.now,
    )
    assert (before, Circle.objects.filter(ON_SHIFT.exists(world.ann.pk)).count()) == (0, Circle.objects.count())
