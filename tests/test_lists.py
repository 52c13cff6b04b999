"""The lists of circles, volunteers and people: found, narrowed and sorted by what stands in their address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from circles.circle.models import Circle
from tests.world import World
from volunteers.volunteer.models import Volunteer

As = Callable[[User], Client]

LISTS = ["circles:circles", "volunteers:volunteers", "accounts:people"]


def rows_listed(client: Client, name: str, query: str = "") -> list[str]:
    return [row.reference for row in client.get(f"{reverse(name)}?{query}").context["page"].object_list]


def test_hana_finds_a_circle_by_its_reference_however_she_writes_it_and_by_its_coordinator(
    world: World, as_person: As
) -> None:
    hana = as_person(world.hana)
    everything = rows_listed(hana, "circles:circles")
    assert len(everything) > 1
    assert rows_listed(hana, "circles:circles", "find=c 0142") == ["C-0142"]
    anns = [circle.reference for circle in Circle.objects.filter(coordinator=world.ann).order_by("reference")]
    assert rows_listed(hana, "circles:circles", "find=farrowby") == anns
    assert rows_listed(hana, "circles:circles", "state=closed") == []
    assert set(rows_listed(hana, "circles:circles", "order=newest")) == set(everything)


def test_ann_finds_a_volunteer_by_name_and_sees_who_waits(world: World, as_person: As) -> None:
    ann = as_person(world.ann)
    ben = Volunteer.objects.get(user=world.ben).reference
    assert rows_listed(ann, "volunteers:volunteers", "find=ashby") == [ben]
    for state in Volunteer.Status:
        found = set(rows_listed(ann, "volunteers:volunteers", f"state={state}"))
        assert found <= set(Volunteer.objects.filter(status=state).values_list("reference", flat=True))
        assert (ben in found) == (world.ben.volunteer.status == state)


def test_hana_lists_people_by_role_and_by_agency(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    assert world.esi.reference in rows_listed(hana, "accounts:people", "role=liaison")
    assert world.ben.reference not in rows_listed(hana, "accounts:people", "role=liaison")
    by_agency = list(
        User.objects.visible_to(world.hana)
        .order_by("agency__name", "full_name", "pk")
        .values_list("reference", flat=True)
    )
    assert rows_listed(hana, "accounts:people", "order=agency") == by_agency[:25]


@pytest.mark.parametrize("name", LISTS)
def test_what_nobody_knows_narrows_nothing_and_what_was_chosen_stands_on_the_page(
    name: str, world: World, as_person: As
) -> None:
    hana = as_person(world.hana)
    assert rows_listed(hana, name, "state=nonsense&order=sideways&page=x&role=king") == rows_listed(hana, name)
    page = hana.get(f"{reverse(name)}?find=nobody+at+all&order=newest").content.decode()
    for words in ('value="nobody at all"', "Nothing found.", "Not everything is shown.", "Show everything"):
        assert words in page


@pytest.mark.parametrize("name", LISTS)
def test_a_narrowed_list_costs_no_statement_more(name: str, world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    hana.get(reverse(name))

    def cost(query: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            hana.get(f"{reverse(name)}?{query}")
        return len(asked)

    assert cost("find=a&state=active&order=newest") <= cost("")
