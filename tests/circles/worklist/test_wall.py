"""The wall: everything overdue in the service, by kind and by whose it is, the oldest first, each a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from circles.action.models import Action
from circles.worklist.wall import SHOWN, WallGroup, groups_of
from config.home import home_work_of
from core.templatetags.ui import due_in_words
from core.worklist import WorkItem
from tests.circles.goal.rows import action
from tests.circles.log.writing import send
from tests.circles.risk.risk_reviews import planned_risk_review
from tests.circles.worklist.one_of_each import EXAMPLES
from tests.concerns.engine.raising import worry
from tests.world import World

AsPerson = Callable[[User], Client]
DAY = timedelta(days=1)


def wall(world: World, days: float, person: User | None = None) -> dict[str, WallGroup]:
    found = home_work_of(person or world.hana, world.now + days * DAY).wall
    assert found is not None
    return {group.label: group for group in found}


def test_what_is_overdue_stands_there_by_kind_with_whose_it_is_and_a_link(world: World) -> None:
    action(world, days=2)
    planned_risk_review(world, due_in=1)
    found = wall(world, 4)
    assert {"Minutes not sent", "Overdue actions", "Risk reviews"} <= set(found)
    whose = {(item.title, item.whose) for item in found["Minutes not sent"].items}
    assert ("Ask Ben for the minutes of 17 June", "Ann Farrowby") in whose
    assert ("Ask Dev for the minutes of 17 June", "Pat Lowe") in whose
    assert all(item.url.startswith("/circles/") for item in found["Overdue actions"].items)


def test_the_oldest_comes_first_and_the_kind_with_the_oldest_is_the_first_kind(world: World) -> None:
    action(world, days=2)
    action(world, days=1)
    groups = wall(world, 9)
    oldest = [group.items[0].due_at for group in groups.values()]
    assert oldest == sorted(oldest)  # type: ignore[type-var]
    days = [item.due_at for item in groups["Overdue actions"].items]
    assert days == sorted(days)  # type: ignore[type-var]


def test_a_kind_with_something_urgent_comes_before_all_that_is_older(world: World) -> None:
    action(world, days=1)
    EXAMPLES["late"].make(World(world.now + 5 * DAY, world.people))
    assert next(iter(wall(world, 9))) == "Concerns not answered in time"


def test_nothing_that_is_not_overdue_stands_there(world: World) -> None:
    assert wall(world, -1) == {}
    send(world.meeting, by=world.ben, at=world.now)
    assert "Minutes to read" not in wall(world, 2)
    assert "Minutes to read" in wall(world, 9)


def test_more_than_the_wall_shows_are_counted(world: World) -> None:
    first = action(world, days=1)
    for _ in range(SHOWN + 4):
        first.pk, first.reference = None, f"X-{_:05}"
        first.save(force_insert=True)
    assert Action.objects.count() == SHOWN + 5
    group = wall(world, 3)["Overdue actions"]
    assert (len(group.shown), group.count, group.more) == (SHOWN, SHOWN + 5, 5)


def test_a_call_that_ben_asked_ann_for_is_not_on_the_wall(world: World) -> None:
    EXAMPLES["call"].make(world)
    assert "Calls asked for" not in wall(world, 3)


def test_hanas_own_overdue_work_stands_there_once(world: World) -> None:
    EXAMPLES["late"].make(world)
    titles = [item.title for group in wall(world, 3).values() for item in group.items]
    assert titles.count("Nobody has answered this in time") == 1


def test_nobody_on_call_stands_once_on_hanas_home_and_not_on_the_wall_too(world: World) -> None:
    home = home_work_of(world.hana, world.now)
    titles = [item.title for item in [*home.waiting, *(one for group in home.wall or [] for one in group.items)]]
    assert titles.count("Nobody is on call") == 1


def test_two_lines_with_the_same_words_and_address_both_stand_there(world: World) -> None:
    same = WorkItem("Ask for them", "/circles/", due_at=world.now - DAY, kind="Calls")
    [group] = groups_of([same, replace(same)], world.now)
    assert group.count == 2


def test_what_was_due_on_a_day_is_late_without_a_time_of_day(world: World) -> None:
    action(world, days=2)
    [item] = wall(world, 3)["Overdue actions"].items
    with time_machine.travel(world.now + 3 * DAY, tick=False):
        assert due_in_words(item.due) == "Late: was due yesterday"


@pytest.mark.parametrize("name", ["ann", "fay", "ben", "esi", "gil"])
def test_only_managers_have_a_wall(world: World, as_person: AsPerson, name: str) -> None:
    worry(world)
    answer = as_person(world.people[name]).get("/")
    assert answer.context["wall"] is None
    assert "Overdue in the service" not in answer.content.decode()
    assert "Overdue in the service" in as_person(world.hana).get("/").content.decode()
