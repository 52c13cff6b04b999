"""Only whoever keeps a meeting place, and coordinators whose circles meet there, see and change it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from circles.venue.models import Venue
from circles.venue.operations import change_venue, choose_venue
from tests.circles.life.preparing import hall
from tests.world import World

As = Callable[[User], Client]

ANEW = {
    "address": "9 Other Lane",
    "district": "CB7",
    "contact": "",
    "children_on_site": False,
    "internet_on_site": False,
    "lone_worker_plan": "",
}


def test_pat_neither_chooses_nor_reads_nor_rewrites_the_hall_that_ann_keeps(world: World, as_person: As) -> None:
    place = hall(world)
    choose_venue(world.ely, venue=place, by=world.ann, at=world.now)
    pat = as_person(world.pat)
    assert not Venue.objects.visible_to(world.pat).exists()
    assert place.place_code not in pat.get(reverse("circles:choose_venue", args=["C-0098"])).content.decode()
    assert pat.post(reverse("circles:choose_venue", args=["C-0098"]), {"venue": place.pk}).status_code == 200
    with pytest.raises(PermissionDenied):
        choose_venue(world.wisbech, venue=place, by=world.pat, at=world.now)
    for name in ("venue", "change_venue", "assess_venue"):
        assert pat.get(reverse(f"circles:{name}", args=[place.reference])).status_code == 404
    world.wisbech.refresh_from_db()
    assert world.wisbech.venue is None


def test_hana_lets_wisbech_meet_there_and_whoever_changes_it_tells_the_other(world: World, as_person: As) -> None:
    place = hall(world)
    choose_venue(world.ely, venue=place, by=world.ann, at=world.now)
    choose_venue(world.wisbech, venue=place, by=world.hana, at=world.now)
    assert place.address in as_person(world.pat).get(place.get_absolute_url()).content.decode()
    told = Alert.objects.filter(key__startswith=f"{place.reference}:changed")
    change_venue(place, **ANEW, by=world.pat, at=world.now)
    assert {alert.recipient for alert in told} == {world.ann}


def test_once_its_circle_meets_elsewhere_the_hall_is_anothers_again(world: World) -> None:
    place = hall(world)
    choose_venue(world.wisbech, venue=place, by=world.hana, at=world.now)
    assert Venue.objects.visible_to(world.pat).contains(place)
    world.wisbech.refresh_from_db()
    world.wisbech.venue = None
    world.wisbech.save(update_fields=["venue"])
    assert not Venue.objects.visible_to(world.pat).contains(place)
