"""Teams: who makes them, who is in them, what they see from then on, and who is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.access import Role
from accounts.models import AccountEvent, Change, Team, User
from accounts.operations import join_team, leave_team, make_team, rename_team
from alerts.message.models import Alert
from audit.models import Entry
from concerns.concern.models import Concern
from core.errors import Refused
from tests.accounts.teams import CAMBRIDGESHIRE, SUFFOLK, team
from tests.concerns.engine.raising import worry
from tests.world import World

As = Callable[[User], Client]


def alerts_of(person: User) -> set[str]:
    return set(Alert.objects.filter(recipient=person, key__startswith="account:").values_list("wording", flat=True))


def test_max_joins_esis_team_and_sees_its_concerns_and_he_and_hana_are_told(world: World) -> None:
    concern = worry(world)
    assert not Concern.objects.visible_to(world.max).contains(concern)
    joined = join_team(world.max, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)
    assert Concern.objects.visible_to(User.objects.get(pk=joined.pk)).contains(concern)
    assert alerts_of(world.max) == {"account_changed"}
    assert alerts_of(world.oz) == {"there_is_news"}
    assert AccountEvent.objects.get(person=world.max).change == Change.TEAM_JOINED
    line = Entry.objects.get(kind="person", reference=world.max.reference, act="granted")
    assert (line.actor, line.note) == (world.hana, f"team_joined: {team(CAMBRIDGESHIRE).reference}")


def test_esi_is_taken_out_and_at_once_sees_nothing_of_the_queue(world: World, as_person: As) -> None:
    concern, esi = worry(world), as_person(world.esi)
    assert esi.get(concern.get_absolute_url()).status_code == 200
    address = reverse("accounts:leave_team", args=[team(CAMBRIDGESHIRE).pk, world.esi.reference])
    hana = as_person(world.hana)
    assert "sees nothing of this team’s queues" in hana.get(address).content.decode()
    assert hana.post(address).status_code == 302
    assert esi.get(concern.get_absolute_url()).status_code == 404
    assert alerts_of(world.esi) == {"account_changed"}
    assert Entry.objects.filter(kind="person", reference=world.esi.reference, act="revoked").exists()
    with pytest.raises(Refused, match="not in this team any more"):
        leave_team(world.esi, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)


@pytest.mark.parametrize("name", ["gil", "ann", "esi", "fay"])
def test_only_a_manager_says_who_is_in_a_team(world: World, name: str) -> None:
    """Not Gil, who keeps accounts: whoever is in a team reads what is in its queues."""
    by = world.people[name]
    with pytest.raises(PermissionDenied):
        make_team(name="Norfolk police", by=by, at=world.now)
    with pytest.raises(PermissionDenied):
        join_team(world.max, team=team(CAMBRIDGESHIRE), by=by, at=world.now)
    with pytest.raises(PermissionDenied):
        leave_team(world.esi, team=team(CAMBRIDGESHIRE), by=by, at=world.now)


@pytest.mark.parametrize("name", ["gil", "ann", "ben", "hana"])
def test_nobody_but_an_agencys_person_joins_a_team(world: World, name: str) -> None:
    with pytest.raises(Refused, match="liaison or a MAPPA coordinator"):
        join_team(world.people[name], team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)


def test_max_who_is_suspended_joins_no_team(world: World) -> None:
    User.objects.filter(pk=world.max.pk).update(is_active=False, status="suspended")
    with pytest.raises(Refused, match="who can sign in"):
        join_team(world.max, team=team(CAMBRIDGESHIRE), by=world.hana, at=world.now)


@pytest.mark.parametrize("name", ["manager", "Manager", " Volunteer ", "cambridgeshire public protection"])
def test_a_team_is_called_neither_like_a_role_nor_like_another_team(world: World, name: str) -> None:
    """A role is a group too: a team called manager would make managers of its people."""
    with pytest.raises(Refused, match="or a role"):
        make_team(name=name, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="or a role"):
        rename_team(team(SUFFOLK), name=name, by=world.hana, at=world.now)


def test_a_role_is_no_team(world: World, as_person: As) -> None:
    manager = Group.objects.get(name=Role.MANAGER.value)
    assert not Team.objects.filter(pk=manager.pk).exists()
    assert as_person(world.hana).get(reverse("accounts:join_team", args=[manager.pk])).status_code == 404


def test_hana_makes_a_team_puts_max_in_and_renames_it_by_pages_alone(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    made = hana.post(reverse("accounts:add_team"), {"name": "Essex public protection"})
    essex = team("Essex public protection")
    assert made["Location"] == essex.get_absolute_url()
    assert "Nobody is in this team yet" in hana.get(essex.get_absolute_url()).content.decode()
    hana.post(reverse("accounts:join_team", args=[essex.pk]), {"person": world.max.pk})
    assert "Max Stone" in hana.get(essex.get_absolute_url()).content.decode()
    again = hana.post(reverse("accounts:join_team", args=[essex.pk]), {"person": world.max.pk})
    assert "person" in again.context["form"].errors
    hana.post(reverse("accounts:rename_team", args=[essex.pk]), {"name": "Essex MOSOVO"})
    assert "Essex MOSOVO" in hana.get(reverse("accounts:teams")).content.decode()
    lines = Entry.objects.filter(kind="team", reference=essex.reference).exclude(act__in=["consulted", "listed"])
    assert list(lines.order_by("pk").values_list("act", "note")) == [("collected", ""), ("altered", "renamed")]
