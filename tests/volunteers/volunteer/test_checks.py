"""Whether a volunteer may be placed on a day: each check counts, and nobody can make an exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.errors import Refused
from tests.world import World
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import record_checks

AsPerson = Callable[[User], Client]


def bens_file(world: World) -> Volunteer:
    return Volunteer.objects.get(user=world.ben)


def record_bens_checks(world: World, **changes: object) -> Volunteer:
    """Write down all three of Ben's checks as of today, save for these changes."""
    today = world.now.date()
    checks = {"checked_until": today, "trained_on": today, "agreed_on": today} | changes
    return record_checks(bens_file(world), by=world.ann, at=world.now, **checks)  # type: ignore[arg-type]


def test_ben_whose_three_checks_hold_may_be_placed(world: World) -> None:
    ben = record_bens_checks(world)
    assert ben.may_be_placed_on(world.now.date())
    assert Volunteer.objects.may_be_placed_on(world.now.date()).contains(ben)


@pytest.mark.parametrize("fact", ["checked_until", "trained_on", "agreed_on"])
def test_without_any_one_of_them_he_may_not(world: World, fact: str) -> None:
    ben = record_bens_checks(world, **{fact: None})
    assert len(ben.reasons_not_to_place_on(world.now.date())) == 1
    assert not Volunteer.objects.may_be_placed_on(world.now.date()).contains(ben)


def test_the_day_after_his_check_runs_out_he_may_not(world: World) -> None:
    ben = record_bens_checks(world)
    tomorrow = world.now.date() + timedelta(days=1)
    assert ben.reasons_not_to_place_on(tomorrow) == ["Ben’s criminal-record check has run out"]
    assert not Volunteer.objects.may_be_placed_on(tomorrow).contains(ben)


def test_somebody_who_can_no_longer_sign_in_may_not(world: World) -> None:
    User.objects.filter(pk=world.ben.pk).update(is_active=False, status="suspended")
    assert bens_file(world).reasons_not_to_place_on(world.now.date()) == ["Ben cannot sign in"]


def test_training_to_come_is_not_written_down(world: World) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        record_bens_checks(world, trained_on=world.now.date() + timedelta(days=2))


def test_nobody_writes_down_their_own_checks(world: World) -> None:
    with pytest.raises(PermissionDenied):
        record_checks(bens_file(world), checked_until=None, trained_on=None, agreed_on=None, by=world.ben, at=world.now)


def test_ann_writes_bens_checks_on_the_page_and_his_file_says_what_lacks(world: World, as_person: AsPerson) -> None:
    ann, ben = as_person(world.ann), bens_file(world)
    address = reverse("volunteers:checks", args=[ben.reference])
    assert "Nobody is placed" in ann.get(address).content.decode()
    sent = {"checked_until_day": "1", "checked_until_month": "2", "checked_until_year": "2020"}
    assert ann.post(address, sent).url == ben.get_absolute_url()
    said = ann.get(ben.get_absolute_url()).content.decode()
    assert "check has run out" in said
    assert "has not passed the core training" in said
