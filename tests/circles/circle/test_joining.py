"""What a volunteer who joined today reads of the circle's past: nothing that was over, on any page."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User
from circles.action.models import Action
from circles.circle.event_models import CircleEvent
from circles.circle.models import Circle, Membership
from circles.goal.models import Goal
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.review.models import Review
from tests.circles.goal.rows import action, goal
from tests.circles.life.living import closed_review, contact_after, ended_goal, settled_action, week
from tests.circles.risk.risk_reviews import planned_risk_review, signed_off_risk_review
from tests.concerns.wall.crawling import LINK, crawl, patterns
from tests.world import World

AsPerson = Callable[[User], Client]
MARK = "heron"
"""A word that stands only in what was over before Tom joined."""


def past_of(world: World) -> dict[str, str]:
    """One of everything that was over before today, marked. Answers with the references, by what it is."""
    contact = contact_after(world, 2)
    contact.summary = f"He saw a {MARK}."
    contact.save()
    Minutes.objects.filter(pk=contact.minutes.pk).update(his_week=f"A {MARK} week.", next_plan=f"Feed the {MARK}.")
    settled, ended = settled_action(world, 2), ended_goal(world, 6)
    review = closed_review(world, 1, f"The {MARK} was seen.")
    Action.objects.filter(pk=settled.pk).update(words=f"Draw a {MARK}.")
    Goal.objects.filter(pk=ended.pk).update(words=f"To see a {MARK}.")
    CircleEvent.objects.create(circle=world.ely, at=week(world, 1), by=world.ann, what=f"The {MARK} came")
    risk = signed_off_risk_review(World(week(world, 2), world.people), due_in=7, score=2)
    return {
        "meeting": contact.minutes.meeting.reference,
        "review": review.reference,
        "risk review": risk.reference,
        "action": settled.reference,
        "goal": ended.reference,
    }


def join_today(world: World) -> None:
    """Tom joined this afternoon, an hour after tonight's meeting began."""
    Membership.objects.filter(circle=world.ely, volunteer__user=world.tom).update(joined_at=world.now)


def circle_pages(reference: str) -> list[str]:
    """Every address of circles that takes one reference, filled with this one."""
    routes = [route for route, _ in patterns(get_resolver()) if route.startswith("circles/")]
    one = [route for route in routes if route.count("<") == 1 and "<ref:reference>" in route]
    assert len(one) > 60, "the address book has changed its way of writing references"
    return [f"/{route.replace('<ref:reference>', reference)}" for route in one]


def test_tom_who_joined_today_finds_nothing_that_was_over_on_any_page_and_uma_does(
    world: World, as_person: AsPerson
) -> None:
    past = past_of(world)
    join_today(world)
    every = [page for reference in (world.ely.reference, *past.values()) for page in circle_pages(reference)]
    toms = crawl(as_person(world.tom), *every)
    assert {address for address, page in toms.items() if MARK in page} == set()
    linked = {link for page in toms.values() for link in LINK.findall(page)}
    for what, reference in past.items():
        assert not any(reference in link for link in linked), f"Tom finds a way to the {what}"
    umas = crawl(as_person(world.uma))
    assert len({address for address, page in umas.items() if MARK in page}) > 5


def test_what_is_still_open_tom_reads_however_long_ago_it_began(world: World, as_person: AsPerson) -> None:
    agreed, held, review = action(world), goal(world), planned_risk_review(world)
    join_today(world)
    tom = as_person(world.tom)
    assert agreed.words in tom.get(reverse("circles:actions", args=["C-0142"])).content.decode()
    assert held.words in tom.get(reverse("circles:goals", args=["C-0142"])).content.decode()
    assert review.title in tom.get(reverse("circles:risk", args=["C-0142"])).content.decode()
    assert "He must not be alone" in tom.get(world.ely.get_absolute_url()).content.decode()


def test_tom_reads_the_meeting_of_the_evening_on_which_he_joined(world: World, as_person: AsPerson) -> None:
    join_today(world)
    assert as_person(world.tom).get(world.meeting.get_absolute_url()).status_code == 200
    yesterday = world.meeting.planned_at - timedelta(days=1)
    Meeting.objects.filter(pk=world.meeting.pk).update(planned_at=yesterday, slot_at=yesterday)
    assert as_person(world.tom).get(world.meeting.get_absolute_url()).status_code == 404


def test_hana_and_ann_read_everything_even_of_before_they_came(world: World) -> None:
    past_of(world)
    join_today(world)
    for person in (world.ann, world.hana, world.fay):
        assert Goal.objects.visible_to(person).count() == Goal.objects.count()
        assert Review.objects.visible_to(person).count() == Review.objects.count()
    assert Goal.objects.visible_to(world.tom).count() == 0


def test_a_coordinator_who_also_volunteers_reads_her_own_circle_whole(world: World) -> None:
    past = past_of(world)
    Circle.objects.filter(pk=world.ely.pk).update(coordinator=world.tom)
    join_today(world)
    assert Review.objects.visible_to(world.tom).filter(reference=past["review"]).exists()


NEVER_OVER = {
    "Membership": "its people; those who left are shown only to who may change members",
    "Signature": "under the agreement in force",
    "Variation": "shown for coming meetings only",
    "Measure": "volunteers do not open measures",
    "LifeFacts": "volunteers do not open measures",
    "AdverseOutcome": "volunteers do not open outcomes",
}
"""Records of a circle that need no moment of their end, and why."""


def records_of_a_circle() -> list[Any]:
    """Every model of circles that stands in a circle and says who sees it."""
    models = apps.get_app_config("circles").get_models()
    standing = [model for model in models if "circle" in {field.name for field in model._meta.local_fields}]
    return [model for model in standing if hasattr(model._default_manager, "visible_to")]


@pytest.mark.parametrize("model", records_of_a_circle(), ids=lambda model: str(model.__name__))
def test_every_record_of_a_circle_asks_the_one_rule(model: Any) -> None:
    asks = "not_over_before_joining(user, " in inspect.getsource(model._default_manager.all().visible_to)
    assert asks is (model.__name__ not in NEVER_OVER)
