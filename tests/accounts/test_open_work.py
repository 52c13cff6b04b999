"""Before somebody is suspended or their account ends, the page says what is open with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.open_work import open_work_of
from alerts.leave.operations import plan_leave
from concerns.handling.promise_operations import acknowledge_concern
from tests.concerns.engine.raising import worry
from tests.concerns.rota.on_call import put_on_call
from tests.world import World

As = Callable[[User], Client]
HOUR = timedelta(hours=1)


def words_of(world: World, name: str) -> str:
    return " ".join(work.words for work in open_work_of(world.people[name], reader=world.gil, at=world.now))


def test_ben_belongs_to_a_circle_and_owes_tonights_minutes(world: World) -> None:
    assert words_of(world, "ben").startswith("Belongs to 1 circle. Owes 1 set of minutes.")


def test_ann_has_a_circle_a_concern_a_shift_and_cover(world: World) -> None:
    acknowledge_concern(worry(world), until=world.now + HOUR, by=world.ann, at=world.now)
    put_on_call(world, world.ann, starts_at=world.now, ends_at=world.now + HOUR, at=world.now)
    plan_leave(
        world.pat,
        starts_at=world.now + HOUR,
        ends_at=world.now + 9 * HOUR,
        deputy=world.ann,
        by=world.pat,
        at=world.now,
    )
    words = words_of(world, "ann")
    for part in ("Coordinates 1 circle.", "Has 1 concern in hand.", "Is on call in 1 shift", "Covers 1 leave"):
        assert part in words


def test_lou_is_the_last_of_the_norfolk_queue_and_esi_is_not_of_hers(world: World) -> None:
    assert "last person of the Norfolk queue" in words_of(world, "lou")
    assert "last person" not in words_of(world, "esi")


def test_nothing_is_open_with_jo(world: World) -> None:
    assert words_of(world, "jo") == ""


@pytest.mark.parametrize("page", ["suspend", "end"])
@pytest.mark.parametrize("keeper", ["hana", "gil"])
def test_the_page_counts_and_names_no_circle_since_a_technician_sees_none(
    page: str, keeper: str, world: World, as_person: As
) -> None:
    text = as_person(world.people[keeper]).get(reverse(f"accounts:{page}", args=[world.ann.reference])).content.decode()
    assert "Coordinates 1 circle." in text
    assert world.ely.reference not in text


def test_where_nothing_is_open_the_page_says_so(world: World, as_person: As) -> None:
    page = as_person(world.hana).get(reverse("accounts:suspend", args=[world.jo.reference]))
    assert "Nothing: no circle" in page.content.decode()
