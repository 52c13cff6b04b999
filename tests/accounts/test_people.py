"""Who sees whom among the people, who may change an account, and what the tables hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.access import AccountsAccess, Role, people_with_role
from accounts.models import Agency, Area, User
from accounts.operations import add_agency, end_account, return_person, suspend_person
from core.errors import MoveNotAllowed, Refused
from tests.factories.accounts import AgencyFactory, PersonFactory
from tests.world import World

AsPerson = Callable[[User], Client]


def test_there_are_42_areas_and_london_is_one(db: None) -> None:
    assert Area.objects.count() == 42
    assert Area.objects.get(code="london").police_force == "Metropolitan Police and City of London Police"
    assert set(Area.objects.filter(probation_region="Wales").values_list("code", flat=True)) == {
        "dyfed-powys",
        "gwent",
        "north-wales",
        "south-wales",
    }


def test_every_role_has_its_group_and_its_sentence(db: None) -> None:
    assert set(Role.values) <= set(Group.objects.values_list("name", flat=True))
    assert all(role.sentence.endswith(".") for role in Role)


def test_a_role_without_a_group_has_one_after_the_next_migrate(db: None) -> None:
    Group.objects.filter(name=Role.TECHNICIAN.value).delete()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert Group.objects.filter(name=Role.TECHNICIAN.value).count() == 1


def test_hana_fay_and_gil_see_everybody_ann_her_agency_and_ben_himself(world: World) -> None:
    def seen(user: User) -> set[User]:
        return set(User.objects.visible_to(user))

    everybody = set(User.objects.all())
    assert seen(world.hana) == seen(world.fay) == seen(world.gil) == everybody
    assert seen(world.ann) == {each for each in everybody if each.agency == world.ann.agency}
    assert world.esi not in seen(world.ann)
    for name in ("ben", "esi", "kit", "jo", "ivor"):
        assert seen(world.people[name]) == {world.people[name]}


def test_somebody_suspended_sees_nobody(world: World) -> None:
    hana = suspend_person(world.hana, by=world.gil, at=world.now)
    assert not User.objects.visible_to(hana).exists()


def test_a_coordinator_of_no_agency_sees_herself_and_not_everybody_without_one(world: World) -> None:
    alone, other = PersonFactory(role=Role.COORDINATOR), PersonFactory()
    assert set(User.objects.visible_to(alone)) == {alone}
    assert other.agency is None


def test_people_in_a_role_are_only_those_who_are_active(world: World) -> None:
    assert set(people_with_role(Role.MANAGER)) == {world.hana}
    suspend_person(world.hana, by=world.gil, at=world.now)
    assert not people_with_role(Role.MANAGER).exists()


def test_everybodys_roles_are_the_groups_they_are_in(world: World) -> None:
    held = {name: person.roles for name, person in world.people.items()}
    assert held == {
        name: frozenset(person.groups.values_list("name", flat=True)) for name, person in world.people.items()
    }
    assert set(held.values()) > {frozenset({Role.VOLUNTEER.value}), frozenset({Role.TECHNICIAN.value})}


def test_being_a_superuser_is_no_role(world: World) -> None:
    assert world.gil.is_superuser
    assert [role for role in Role if world.gil.has_role(role)] == [Role.TECHNICIAN]


def test_an_account_goes_from_active_to_suspended_to_left_and_back(world: World) -> None:
    ben = suspend_person(world.ben, by=world.hana, at=world.now)
    assert (ben.status, ben.is_active) == ("suspended", False)
    ben = end_account(ben, by=world.hana, at=world.now)
    assert (ben.status, ben.left_at, ben.left_by) == ("left", world.now, world.hana)
    with pytest.raises(MoveNotAllowed):
        suspend_person(ben, by=world.hana, at=world.now)
    ben = return_person(ben, by=world.hana, at=world.now)
    assert (ben.status, ben.is_active, ben.left_at, ben.left_by) == ("active", True, None, None)


@pytest.mark.parametrize("operation", [suspend_person, end_account, return_person])
@pytest.mark.parametrize("name", ["ben", "ann", "fay", "esi", "jo", "kit"])
def test_only_who_keeps_accounts_changes_them(operation: Callable[..., User], name: str, world: World) -> None:
    with pytest.raises(PermissionDenied, match="You may not"):
        operation(world.tom, by=world.people[name], at=world.now)


def test_nobody_changes_their_own_account(world: World) -> None:
    for name in ("hana", "gil"):
        may = AccountsAccess(world.people[name], world.people[name])
        assert [may.suspend, may.restore, may.end] == [False] * 3
        with pytest.raises(PermissionDenied):
            suspend_person(world.people[name], by=world.people[name], at=world.now)


@pytest.mark.parametrize("wrong", [{"is_active": False}, {"status": "suspended"}, {"status": "gone"}])
def test_the_database_holds_that_active_means_active(wrong: dict[str, object], db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(**wrong)


def test_the_database_holds_an_address_once_in_any_case(db: None) -> None:
    PersonFactory(email="wren@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(email="Wren@example.org")


def test_nothing_prints_a_name(world: World) -> None:
    assert str(world.ben) == world.ben.reference
    assert str(world.ben.agency) == world.ben.agency.reference
    assert str(world.ben.area) == "Cambridgeshire"


def test_the_list_is_for_who_keeps_accounts_or_people(world: World, as_person: AsPerson) -> None:
    may = {
        name for name, who in world.people.items() if as_person(who).get(reverse("accounts:people")).status_code == 200
    }
    assert may == {"hana", "gil", "fay", "ann", "pat"}


def test_ann_finds_her_volunteers_and_not_the_police(world: World, as_person: AsPerson) -> None:
    body = as_person(world.ann).get(reverse("accounts:people")).content.decode()
    assert "Ben Ashby" in body
    assert "Esi Okafor" not in body


def test_an_account_not_theirs_is_not_found(world: World, as_person: AsPerson) -> None:
    assert as_person(world.ben).get(world.tom.get_absolute_url()).status_code == 404
    assert as_person(world.ben).get(world.ben.get_absolute_url()).status_code == 200
    assert as_person(world.ann).get(world.esi.get_absolute_url()).status_code == 404


def test_hana_suspends_and_restores_tom_by_the_page_once_she_confirms(world: World, as_person: AsPerson) -> None:
    client = as_person(world.hana)
    page = client.get(world.tom.get_absolute_url()).content.decode()
    assert "Suspend" in page
    assert "Let them return" not in page
    for name, status in [("suspend", "suspended"), ("restore", "active"), ("end", "left"), ("restore", "active")]:
        address = reverse(f"accounts:{name}", args=[world.tom.reference])
        assert client.get(address).status_code == 200
        assert client.post(address)["Location"] == world.tom.get_absolute_url()
        assert User.objects.get(pk=world.tom.pk).status == status


def test_a_page_left_open_too_long_says_what_happened(world: World, as_person: AsPerson) -> None:
    suspend_person(world.tom, by=world.hana, at=world.now)
    answer = as_person(world.hana).post(reverse("accounts:suspend", args=[world.tom.reference]))
    assert answer.status_code == 200
    assert "Open it again" in str(answer.context["form"].non_field_errors())


def test_ann_may_look_at_ben_but_not_suspend_him(world: World, as_person: AsPerson) -> None:
    client = as_person(world.ann)
    assert client.get(world.ben.get_absolute_url()).status_code == 200
    assert client.get(reverse("accounts:suspend", args=[world.ben.reference])).status_code == 403


def test_hana_adds_an_agency_once(world: World, as_person: AsPerson) -> None:
    data = {"name": "Norfolk probation", "kind": "probation"}
    client = as_person(world.hana)
    assert client.post(reverse("accounts:add_agency"), data)["Location"] == reverse("accounts:agencies")
    assert Agency.objects.get(name="Norfolk probation").kind == Agency.Kind.PROBATION
    with pytest.raises(Refused, match="already"):
        add_agency(name="norfolk probation", kind=Agency.Kind.OTHER, by=world.hana, at=world.now)
    assert as_person(world.ann).get(reverse("accounts:add_agency")).status_code == 403
    assert AgencyFactory().kind == Agency.Kind.PROVIDER
