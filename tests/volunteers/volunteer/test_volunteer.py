"""The volunteer's file: approved, placed, paused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from core.errors import MoveNotAllowed, Refused
from tests.world import World, checks_from
from volunteers.volunteer.models import Volunteer
from volunteers.volunteer.operations import approve_volunteer, mark_as_waiting, pause_volunteer, place_volunteer

AsPerson = Callable[[User], Client]


def file_of(user: User) -> Volunteer:
    return Volunteer.objects.get(user=user)


def make_newcomer(world: World) -> User:
    """Make Wyn, who is invited as a volunteer and has no file yet."""
    wyn = User.objects.create(
        reference="U-WYN34",
        email="wyn@example.org",
        full_name="Wyn Ellis",
        first_name="Wyn",
        joined_at=world.now,
    )
    wyn.groups.add(Group.objects.get(name=Role.VOLUNTEER.value))
    return wyn


def test_ann_approves_wyn_who_may_then_be_placed(world: World) -> None:
    wyn = approve_volunteer(make_newcomer(world), by=world.ann, at=world.now, **checks_from(world.now))
    assert wyn.may_be_placed_on(world.now.date())
    assert Volunteer.objects.may_be_placed_on(world.now.date()).contains(wyn)


def test_nobody_is_approved_twice(world: World) -> None:
    with pytest.raises(Refused, match="a volunteer already"):
        approve_volunteer(world.ben, by=world.ann, at=world.now, **checks_from(world.now))


def test_somebody_not_invited_as_a_volunteer_is_not_approved(world: World) -> None:
    with pytest.raises(Refused, match="not invited as a volunteer"):
        approve_volunteer(world.esi, by=world.ann, at=world.now, **checks_from(world.now))


def test_ben_may_not_approve(world: World) -> None:
    with pytest.raises(PermissionDenied, match="You may not approve a volunteer"):
        approve_volunteer(make_newcomer(world), by=world.ben, at=world.now, **checks_from(world.now))


@pytest.mark.parametrize(
    ("field", "days", "says"),
    [("checked_until", -1, "no longer holds"), ("trained_on", 1, "not come yet"), ("agreed_on", 1, "not come yet")],
)
def test_wyn_is_not_approved_on_a_day_that_cannot_be_so(world: World, field: str, days: int, says: str) -> None:
    checks = {**checks_from(world.now), field: world.now.date() + timedelta(days=days)}
    with pytest.raises(Refused, match=says) as refusal:
        approve_volunteer(make_newcomer(world), by=world.ann, at=world.now, **checks)
    assert refusal.value.field == field


def test_a_paused_volunteer_is_not_placed(world: World) -> None:
    paused = pause_volunteer(file_of(world.cas), by=world.ann, at=world.now)
    assert not paused.may_be_placed_on(world.now.date())
    assert not Volunteer.objects.may_be_placed_on(world.now.date()).contains(paused)
    with pytest.raises(MoveNotAllowed):
        pause_volunteer(paused, by=world.ann, at=world.now)


def test_placing_twice_changes_nothing(world: World) -> None:
    assert place_volunteer(file_of(world.ben), by=world.ann, at=world.now).status == Volunteer.Status.ACTIVE


def test_leaving_the_last_circle_does_not_end_a_pause(world: World) -> None:
    paused = pause_volunteer(file_of(world.ben), by=world.ann, at=world.now)
    assert mark_as_waiting(paused, by=world.ann, at=world.now).status == Volunteer.Status.PAUSED


def test_a_volunteer_sees_their_own_file_and_no_other(world: World) -> None:
    assert list(Volunteer.objects.visible_to(world.ben)) == [file_of(world.ben)]
    assert not Volunteer.objects.visible_to(world.esi).exists()
    assert Volunteer.objects.visible_to(world.pat).count() == Volunteer.objects.count()


def test_ann_sees_the_list_and_ben_his_own_file(world: World, as_person: AsPerson) -> None:
    assert "Tom Quayle" in as_person(world.ann).get(reverse("volunteers:volunteers")).content.decode()
    bens = as_person(world.ben).get(reverse("volunteers:volunteers")).content.decode()
    assert "Ben Ashby" in bens
    assert "Tom Quayle" not in bens
    ben = as_person(world.ben)
    assert ben.get(file_of(world.ben).get_absolute_url()).status_code == 200
    assert ben.get(file_of(world.tom).get_absolute_url()).status_code == 404


def test_ann_approves_and_pauses_on_the_pages(world: World, as_person: AsPerson) -> None:
    ann, wyn = as_person(world.ann), make_newcomer(world)
    assert "Wyn Ellis" in ann.get(reverse("volunteers:approve")).content.decode()
    said = {"user": str(wyn.pk)}
    assert not ann.post(reverse("volunteers:approve"), said).context["form"].is_valid()
    today = world.now.date()
    for name, day in {"checked_until": today + timedelta(days=90), "trained_on": today, "agreed_on": today}.items():
        said |= {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
    approved = ann.post(reverse("volunteers:approve"), said)
    assert approved.url == file_of(wyn).get_absolute_url()
    assert file_of(wyn).checked_until == today + timedelta(days=90)
    pause = reverse("volunteers:pause", args=[file_of(wyn).reference])
    assert ann.get(pause).status_code == 200
    assert ann.post(pause).url == file_of(wyn).get_absolute_url()
    again = ann.post(pause)
    assert again.status_code == 200
    assert "already, so there is nothing left to do" in again.content.decode()


def test_ben_may_neither_approve_nor_pause_on_the_pages(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    assert ben.get(reverse("volunteers:approve")).status_code == 403
    assert ben.get(reverse("volunteers:pause", args=[file_of(world.ben).reference])).status_code == 403
