"""The areas worked in, and the agencies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Area, User
from accounts.operations import choose_areas
from audit.models import Entry
from tests.world import World

As = Callable[[User], Client]


def area(code: str) -> Area:
    return Area.objects.get(code=code)


def test_hana_chooses_the_areas_and_each_change_is_in_the_trail(world: World, as_person: As) -> None:
    address = reverse("accounts:areas")
    hana = as_person(world.hana)
    hana.post(address, {"areas": [area("norfolk").pk, area("essex").pk]})
    hana.post(address, {"areas": [area("norfolk").pk]})
    assert [each.code for each in Area.objects.worked_in()] == ["norfolk"]
    lines = Entry.objects.filter(kind="area").order_by("pk").values_list("reference", "note", "actor")
    assert list(lines) == [
        ("essex", "worked in", world.hana.pk),
        ("norfolk", "worked in", world.hana.pk),
        ("essex", "no longer worked in", world.hana.pk),
    ]


def test_hana_is_told_to_tick_at_least_one(world: World, as_person: As) -> None:
    answer = as_person(world.hana).post(reverse("accounts:areas"), {"sent": "yes"})
    assert "Tick at least one area." in answer.content.decode()


def test_gil_does_not_choose_the_areas(world: World) -> None:
    with pytest.raises(PermissionDenied):
        choose_areas([area("norfolk")], by=world.gil, at=world.now)


def test_the_agencies_are_listed_with_how_many_people_can_sign_in(world: World, as_person: As) -> None:
    page = as_person(world.gil).get(reverse("accounts:agencies")).content.decode()
    assert "Cambridgeshire police" in page
    assert f'<td data-label="People who can sign in">{len(["esi", "oz", "ivor", "lou", "max"])}</td>' in page


def test_hana_puts_an_agencys_name_right_and_two_are_not_called_alike(world: World, as_person: As) -> None:
    police = Agency.objects.get(kind="police")
    hana, address = as_person(world.hana), reverse("accounts:change_agency", args=[police.reference])
    refused = hana.post(address, {"name": "fenland  circles", "kind": "police"}).content.decode()
    assert "There is an agency of this name already." in refused
    hana.post(address, {"name": "Cambridgeshire Constabulary", "kind": "police"})
    police.refresh_from_db()
    assert police.name == "Cambridgeshire Constabulary"
    assert Entry.objects.filter(kind="agency", reference=police.reference, act="altered", actor=world.hana).exists()
