"""Every kind of work stands on a person's home page and on the page of its circle, in the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

import circles.worklist
import concerns.worklist
from accounts.models import User
from circles.circle.access import CircleAccess
from circles.circle.models import Circle
from circles.worklist import to_do_in
from circles.worklist.lines import WorkKind
from config.home import home_work_of
from config.kinds import ACCOUNT_KINDS, ALERT_KINDS, KINDS
from core.worklist import WorkItem, sort_work
from tests.circles.risk.risk_reviews import planned_risk_review
from tests.circles.worklist.one_of_each import EXAMPLES, OF_NO_CIRCLE
from tests.concerns.engine.raising import worry
from tests.world import World

AsPerson = Callable[[User], Client]


def kinds_in_the_code() -> Iterator[WorkKind]:
    """Every kind that a module of the two worklists defines, whether a list has it or not."""
    for package in (circles.worklist, concerns.worklist):
        for path in sorted(Path(package.__path__[0]).glob("*.py")):
            module = import_module(f"{package.__name__}.{path.stem}".removesuffix(".__init__"))
            for value in vars(module).values():
                yield from (kind for kind in (value if isinstance(value, tuple) else [value]) if type(kind) is WorkKind)


def test_every_kind_in_the_code_is_asked_for_and_has_an_example() -> None:
    found = {kind.name for kind in kinds_in_the_code()}
    assert found | {kind.name for kind in (*ACCOUNT_KINDS, *ALERT_KINDS)} == {kind.name for kind in KINDS}
    assert found == set(EXAMPLES) | set(OF_NO_CIRCLE)
    assert len(KINDS) == len(found) + len(ACCOUNT_KINDS) + len(ALERT_KINDS), "two kinds have one name"
    assert len(found) > 35
    on_a_circles_page = [
        *circles.worklist.KINDS,
        *(one for each in settings.WORK_KINDS for one in import_string(each)),
    ]
    assert {kind.name for kind in on_a_circles_page} == found


def to_do_of(circle: Circle, person: User, world: World, after: timedelta) -> list[WorkItem]:
    """What the circle's page lists for this person."""
    may = CircleAccess(person, circle)
    return to_do_in(circle, person, world.now + after, leads=may.coordinates or may.leads, belongs=may.belongs)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_home_list_and_to_do_on_the_circles_page_agree(
    name: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both lists ask for this kind alone, which costs a sixth; that each asks for every kind, another test holds."""
    kind, example = next(kind for kind in KINDS if kind.name == name), EXAMPLES[name]
    monkeypatch.setattr(settings, "WORK_KINDS", [])
    monkeypatch.setattr("circles.worklist.KINDS", (kind,))
    monkeypatch.setattr("config.home.KINDS", (kind,))
    circle = example.make(world)
    circle = circle if isinstance(circle, Circle) else Circle.objects.get(pk=world.ely.pk)
    person = world.people[example.who]
    at_home = [item for item in home_work_of(person, world.now + example.after).waiting if item.kind == kind.label]
    here = [item for item in to_do_of(circle, person, world, example.after) if item.kind == kind.label]
    assert at_home, "it does not wait at home"
    assert set(here) >= {item for item in at_home if circle.reference in item.detail or not item.detail}
    assert {(item.title, item.url) for item in here} <= {(item.title, item.url) for item in at_home}
    assert here, "it does not stand on the circle's page"


@pytest.mark.parametrize("name", ["pat", "dev", "gil", "jo"])
def test_nobody_outside_ely_is_given_its_work(name: str, world: World) -> None:
    for kind in ("forcing_answer", "read", "risk_review", "place", "contact"):
        EXAMPLES[kind].make(world) if kind != "read" else None
    assert not [
        item for item in home_work_of(world.people[name], world.now).waiting if "C-0142" in f"{item.title}{item.detail}"
    ]


def test_immediate_and_urgent_stand_before_everything_however_late_the_rest_is(world: World) -> None:
    planned_risk_review(world, due_in=-5)
    urgent = worry(world)
    items = home_work_of(world.ann, world.now).waiting
    assert items[0].url == urgent.get_absolute_url()
    late = next(item for item in items if "risk review" in item.title)
    assert late.is_late_at(world.now)
    assert [item.rank for item in items] == sorted(item.rank for item in items)
    assert to_do_of(world.ely, world.ann, world, timedelta())[0].url == urgent.get_absolute_url()


def test_what_is_due_first_comes_first_and_what_has_no_day_last(world: World) -> None:
    now = world.now
    late, soon, pressing, never = (
        WorkItem("late", "/a/", due_at=now - timedelta(days=1)),
        WorkItem("soon", "/b/", due_at=now + timedelta(hours=1)),
        WorkItem("pressing", "/c/", due_at=now + timedelta(hours=2), must_act=True),
        WorkItem("never", "/d/"),
    )
    assert sort_work([never, soon, pressing, late], now) == [late, pressing, soon, never]


def test_anns_page_of_ely_shows_what_her_home_shows_of_it(world: World, as_person: AsPerson) -> None:
    for kind in ("place", "check", "contact", "risk_review"):
        EXAMPLES[kind].make(world)
    ann = as_person(world.ann)
    page = ann.get(world.ely.get_absolute_url())
    home = ann.get("/")
    shown = {(item.title, item.url) for item in page.context["waiting"]}
    assert shown == {(item.title, item.url) for item in home.context["waiting"]}
    assert len(shown) == 4
    assert "No risk assessment holds at ELM" in page.content.decode()
