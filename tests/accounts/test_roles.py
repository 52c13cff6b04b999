"""Roles are given and taken on a person's page: a leading one by two people, one's own by nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.access import Role
from accounts.models import AccountEvent, Change, Proposal, User
from accounts.operations import agree_to_proposal, end_account, give_role, suspend_person, take_role
from alerts.message.models import Alert
from audit.models import Entry
from circles.circle.models import Circle
from circles.coordinator.operations import change_coordinator
from circles.membership.operations import end_membership
from core.errors import Refused
from offenders.core_member.models import CoreMember
from offenders.core_member.operations import accept_core_member
from tests.concerns.rota.on_call import put_on_call
from tests.world import World
from volunteers.volunteer.models import Volunteer

As = Callable[[User], Client]


def give(world: World, name: str, role: Role, *, by: User | None = None) -> User:
    return give_role(world.people[name], role=role, by=by or world.hana, at=world.now)


def take(world: World, name: str, role: Role, *, by: User | None = None) -> User:
    return take_role(world.people[name], role=role, by=by or world.hana, at=world.now)


def roles_of(world: World, name: str) -> set[str]:
    return set(User.objects.get(pk=world.people[name].pk).roles)


def test_hana_makes_ben_a_coordinator_too_and_it_is_in_his_story_and_the_trail(world: World) -> None:
    give(world, "ben", Role.COORDINATOR)
    assert roles_of(world, "ben") == {"volunteer", "coordinator"}
    event = AccountEvent.objects.filter(person=world.ben).latest("pk")
    assert event.words == "Role given: coordinator"
    line = Entry.objects.filter(kind="person", reference=world.ben.reference).latest("pk")
    assert (line.act, line.note, line.actor) == ("granted", "role_given: coordinator", world.hana)


def test_ben_and_ann_who_leads_him_are_told(world: World) -> None:
    give(world, "ben", Role.COORDINATOR)
    event = AccountEvent.objects.latest("pk")
    told = Alert.objects.filter(key__startswith=f"account:{event.pk}")
    assert {"Ben", "Ann"} <= set(told.values_list("recipient__first_name", flat=True))


@pytest.mark.parametrize(
    "role", [Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR, Role.DATA_PROTECTION_LEAD, Role.TECHNICIAN]
)
def test_a_role_that_leads_is_given_when_a_second_person_agrees(role: Role, world: World) -> None:
    give(world, "ann", role)
    assert role.value not in roles_of(world, "ann")
    with pytest.raises(Refused, match="asked already"):
        give(world, "ann", role)
    with pytest.raises(PermissionDenied):
        agree_to_proposal(Proposal.objects.get(), by=world.hana, at=world.now)
    agree_to_proposal(Proposal.objects.get(), by=world.fay, at=world.now)
    assert role.value in roles_of(world, "ann")


def test_a_role_that_was_asked_for_is_not_given_to_somebody_who_is_suspended_by_then(world: World) -> None:
    give(world, "ann", Role.MANAGER)
    suspend_person(world.ann, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="cannot sign in now"):
        agree_to_proposal(Proposal.objects.get(), by=world.fay, at=world.now)


def test_nobody_changes_their_own_roles(world: World) -> None:
    for name, role in (("hana", Role.DIRECTOR), ("gil", Role.TECHNICIAN)):
        with pytest.raises(PermissionDenied):
            give(world, name, role, by=world.people[name])
        with pytest.raises(PermissionDenied):
            take(world, name, role, by=world.people[name])


@pytest.mark.parametrize("name", ["ann", "fay", "kit", "jo", "ben", "esi"])
def test_nobody_but_managers_and_technicians_changes_roles(name: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        give(world, "dev", Role.COORDINATOR, by=world.people[name])


def test_gil_who_sees_no_case_makes_nobody_see_one(world: World) -> None:
    with pytest.raises(Refused, match="Ask a manager"):
        give(world, "dev", Role.COORDINATOR, by=world.gil)
    with pytest.raises(Refused, match="Ask a manager"):
        take(world, "ann", Role.COORDINATOR, by=world.gil)


def test_one_account_works_for_the_charity_or_for_an_agency(world: World) -> None:
    with pytest.raises(Refused, match="never for both"):
        give(world, "esi", Role.VOLUNTEER)
    with pytest.raises(Refused, match="never for both"):
        give(world, "ben", Role.LIAISON)


def test_the_last_manager_is_not_taken_away(world: World) -> None:
    give(world, "ann", Role.MANAGER)
    agree_to_proposal(Proposal.objects.get(), by=world.fay, at=world.now)
    ann = User.objects.get(pk=world.ann.pk)
    take(world, "hana", Role.MANAGER, by=ann)
    with pytest.raises(Refused, match="Nobody else is a manager"):
        end_account(ann, by=world.gil, at=world.now)
    assert roles_of(world, "hana") == set()


def test_ben_stays_a_volunteer_while_he_belongs_to_a_circle(world: World) -> None:
    with pytest.raises(Refused, match=r"Belongs to 1 circle\. End each membership first"):
        take(world, "ben", Role.VOLUNTEER)
    end_membership(world.ely.memberships.get(volunteer__user=world.ben), by=world.ann, at=world.now)
    take(world, "ben", Role.VOLUNTEER)
    assert roles_of(world, "ben") == set()
    assert Volunteer.objects.get(user=world.ben).status == Volunteer.Status.LEFT


def test_ann_stays_a_coordinator_while_she_has_a_circle_and_hands_over_the_rest(world: World) -> None:
    waiting = accept_core_member(
        category=2,
        level=1,
        lead_agency="probation",
        area=world.core_member.area,
        coordinator=world.ann,
        by=world.ann,
        at=world.now,
    )
    with pytest.raises(Refused, match="Give each circle another coordinator first"):
        take(world, "ann", Role.COORDINATOR)
    change_coordinator(world.ely, coordinator=world.pat, by=world.hana, at=world.now)
    take(world, "ann", Role.COORDINATOR)
    assert CoreMember.objects.get(pk=waiting.pk).coordinator == world.hana
    assert not Circle.objects.visible_to(User.objects.get(pk=world.ann.pk)).exists()


def test_ann_stays_a_coordinator_while_she_is_on_call(world: World) -> None:
    change_coordinator(world.ely, coordinator=world.pat, by=world.hana, at=world.now)
    put_on_call(world, world.ann, starts_at=world.now, ends_at=world.now + timedelta(hours=9), at=world.now)
    with pytest.raises(Refused, match="Call each shift off first"):
        take(world, "ann", Role.COORDINATOR)


def test_hana_gives_and_takes_on_the_page_and_reads_first_what_is_open(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    page = reverse("accounts:roles", args=[world.ben.reference])
    assert hana.post(page, {"role": "coordinator"}, follow=True).status_code == 200
    assert "coordinator" in roles_of(world, "ben")
    take_page = reverse("accounts:take_role", args=[world.ben.reference, "volunteer"])
    assert f'href="{take_page}"' in hana.get(page).content.decode()
    assert "Belongs to 1 circle." in hana.get(take_page).content.decode()
    assert "Belongs to 1 circle." in hana.post(take_page).content.decode()
    assert hana.post(reverse("accounts:take_role", args=[world.ben.reference, "coordinator"])).status_code == 302
    assert roles_of(world, "ben") == {"volunteer"}


def test_the_second_person_reads_which_role_it_is(world: World, as_person: As) -> None:
    give(world, "ann", Role.DIRECTOR)
    text = " ".join(as_person(world.fay).get(reverse("accounts:proposals")).content.decode().split())
    assert "Ann Farrowby is to be director" in text
    assert as_person(world.ann).get(reverse("accounts:proposals")).status_code == 403


def test_the_story_names_each_role(world: World, as_person: As) -> None:
    give(world, "ben", Role.COORDINATOR)
    text = as_person(world.hana).get(world.ben.get_absolute_url()).content.decode()
    assert "Role given: coordinator" in text
    assert AccountEvent.objects.filter(change=Change.ROLE_GIVEN, role="coordinator").count() == 1
