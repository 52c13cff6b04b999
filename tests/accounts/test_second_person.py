"""Inviting somebody who will lead, and letting one return, takes two people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.access import Role
from accounts.mail import POSTMAN
from accounts.models import Invitation, Proposal, User
from accounts.operations import (
    agree_to_proposal,
    decline_proposal,
    end_account,
    find_invitation,
    invite_person,
    return_person,
    suspend_person,
    withdraw_invitation,
)
from config.home import home_work_of
from core.errors import Refused
from tests.world import World

As = Callable[[User], Client]
LEADING = [Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR, Role.DATA_PROTECTION_LEAD, Role.TECHNICIAN]


def invite(world: World, role: Role, *, by: User | None = None, email: str = "zed@example.org") -> Invitation | None:
    inviter = by or world.hana
    agency = (world.esi if role.is_at_an_agency else inviter).agency
    return invite_person(
        email=email, full_name="Zed Quarry", role=role, agency=agency, area=None, by=inviter, at=world.now
    )


@pytest.fixture
def people_mailed_by(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., list[str]]:
    """Does something; to whom mail went because of it."""

    def letters(act: Callable[[], object]) -> list[str]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        POSTMAN.submit(lambda: None).result()
        return [letter.to[0] for letter in mail.outbox[before:]]

    return letters


@pytest.mark.parametrize("role", LEADING)
def test_nobody_who_will_lead_is_sent_a_link_until_a_second_person_agrees(
    role: Role, world: World, people_mailed_by: Callable[..., list[str]]
) -> None:
    assert people_mailed_by(lambda: invite(world, role)) == []
    proposal = Proposal.objects.get()
    assert not Invitation.objects.usable(world.now).exists()
    assert people_mailed_by(lambda: agree_to_proposal(proposal, by=world.fay, at=world.now)) == ["zed@example.org"]
    token = next(word for word in mail.outbox[-1].body.split() if "/join/" in word).strip("/").split("/")[-1]
    assert find_invitation(token, at=world.now) is not None
    assert find_invitation(token, at=world.now + timedelta(hours=73)) is None


@pytest.mark.parametrize("role", [role for role in Role if role not in LEADING])
def test_everybody_else_is_invited_by_one(role: Role, world: World, people_mailed_by: Callable[..., list[str]]) -> None:
    assert people_mailed_by(lambda: invite(world, role)) == ["zed@example.org"]


def test_a_technician_alone_cannot_make_another(world: World) -> None:
    invite(world, Role.TECHNICIAN, by=world.gil)
    proposal = Proposal.objects.get()
    with pytest.raises(PermissionDenied):
        agree_to_proposal(proposal, by=world.gil, at=world.now)
    for name in ("ann", "jo", "ivor", "ben"):
        with pytest.raises(PermissionDenied):
            agree_to_proposal(proposal, by=world.people[name], at=world.now)
    agree_to_proposal(proposal, by=world.hana, at=world.now)
    assert Invitation.objects.usable(world.now).count() == 1


def test_hana_alone_cannot_agree_to_what_she_asked_for_and_the_database_says_so_too(world: World) -> None:
    invite(world, Role.DIRECTOR)
    proposal = Proposal.objects.get()
    with pytest.raises(PermissionDenied):
        agree_to_proposal(proposal, by=world.hana, at=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(agreed=True, decided_by=world.hana, decided_at=world.now)


def test_the_only_one_who_leads_may_invite_the_second(world: World, people_mailed_by: Callable[..., list[str]]) -> None:
    for person in (world.fay, world.kit):
        suspend_person(person, by=world.hana, at=world.now)
    assert people_mailed_by(lambda: invite(world, Role.SAFEGUARDING_LEAD)) == ["zed@example.org"]


def test_refused_it_is_dead_and_lapsed_it_is_dead(world: World) -> None:
    invite(world, Role.MANAGER)
    first = Proposal.objects.get()
    decline_proposal(first, by=world.kit, at=world.now)
    with pytest.raises(Refused, match="waits no longer"):
        agree_to_proposal(first, by=world.fay, at=world.now)
    invite(world, Role.MANAGER)
    second = Proposal.objects.latest("pk")
    with pytest.raises(Refused, match="waits no longer"):
        agree_to_proposal(second, by=world.fay, at=world.now + timedelta(days=8))
    assert not Invitation.objects.usable(world.now).exists()


def test_fay_returns_once_somebody_else_than_the_technician_agrees(world: World) -> None:
    end_account(world.fay, by=world.hana, at=world.now)
    fay = return_person(world.fay, by=world.gil, at=world.now)
    assert not fay.is_active
    with pytest.raises(Refused, match="asked already"):
        return_person(world.fay, by=world.gil, at=world.now)
    agree_to_proposal(Proposal.objects.get(), by=world.kit, at=world.now)
    fay.refresh_from_db()
    assert (fay.status, fay.is_active) == ("active", True)


def test_ben_who_leads_nobody_returns_by_one(world: World) -> None:
    suspend_person(world.ben, by=world.gil, at=world.now)
    assert return_person(world.ben, by=world.gil, at=world.now).is_active


def titles_asked_of(world: World, person: User) -> list[str]:
    """What this person is asked to agree to."""
    return [item.title for item in home_work_of(person, world.now).waiting if item.url == reverse("accounts:proposals")]


def test_what_waits_is_on_the_second_persons_list_and_not_on_the_firsts(world: World) -> None:
    invite(world, Role.DIRECTOR)
    assert titles_asked_of(world, world.fay) == ["Agree that Zed Quarry joins, or refuse"]
    assert titles_asked_of(world, world.hana) == titles_asked_of(world, world.ann) == []


def test_fay_agrees_on_the_page_and_hana_takes_hers_back(world: World, as_person: As) -> None:
    invite(world, Role.DIRECTOR)
    first = Proposal.objects.get()
    fay, hana = as_person(world.fay), as_person(world.hana)
    assert "Zed Quarry is to join as director" in " ".join(
        fay.get(reverse("accounts:proposals")).content.decode().split()
    )
    assert hana.post(reverse("accounts:agree_to_proposal", args=[first.pk])).status_code == 403
    assert fay.post(reverse("accounts:agree_to_proposal", args=[first.pk])).status_code == 302
    assert Invitation.objects.usable(world.now).count() == 1
    invite(world, Role.MANAGER, email="yan@example.org")
    second = Proposal.objects.latest("pk")
    assert hana.post(reverse("accounts:decline_proposal", args=[second.pk])).status_code == 302
    second.refresh_from_db()
    assert second.agreed is False


def test_ann_who_may_not_see_esi_is_answered_as_if_the_address_were_new(
    world: World, as_person: As, people_mailed_by: Callable[..., list[str]]
) -> None:
    def answer(email: str) -> tuple[int, str, list[str]]:
        data = {"email": email, "full_name": "Somebody", "role": "volunteer", "agency": world.ann.agency_id}
        client = as_person(world.ann)
        page = client.post(reverse("accounts:invite"), data)
        return (
            page.status_code,
            page["Location"],
            [str(each) for each in client.get(page["Location"]).context["messages"]],
        )

    letters = people_mailed_by(lambda: answer("esi@example.org"))
    assert letters == ["esi@example.org"]
    assert answer("esi@example.org") == answer("nobody.yet@example.org")
    assert not Invitation.objects.filter(email="esi@example.org").exists()


def test_hana_who_sees_everybody_is_told_that_esi_has_an_account(world: World) -> None:
    with pytest.raises(Refused, match="has an account already"):
        invite(world, Role.VOLUNTEER, email="esi@example.org")


def test_anns_invitation_as_a_volunteer_kills_no_invitation_as_a_manager(world: World) -> None:
    invite(world, Role.MANAGER)
    agree_to_proposal(Proposal.objects.get(), by=world.fay, at=world.now)
    invite(world, Role.VOLUNTEER, by=world.ann)
    usable = Invitation.objects.usable(world.now).filter(email="zed@example.org")
    assert set(usable.values_list("role", flat=True)) == {"manager", "volunteer"}


def test_hana_is_asked_to_take_the_earlier_back_first(world: World) -> None:
    invite(world, Role.VOLUNTEER, by=world.ann)
    with pytest.raises(Refused, match="invited this address already, as volunteer"):
        invite(world, Role.COORDINATOR)
    withdraw_invitation(Invitation.objects.get(), by=world.hana, at=world.now)
    invite(world, Role.COORDINATOR)
    assert [each.role for each in Invitation.objects.usable(world.now)] == ["coordinator"]
    with pytest.raises(PermissionDenied):
        withdraw_invitation(Invitation.objects.usable(world.now).get(), by=world.ann, at=world.now)


def test_hana_takes_back_what_she_asked_for_and_fay_refuses_it(world: World, as_person: As) -> None:
    invite(world, Role.MANAGER)
    proposal = Proposal.objects.get()
    page = reverse("accounts:proposals")
    hers, fays = (as_person(each).get(page).content.decode() for each in (world.hana, world.fay))
    assert ("Take it back" in hers, "Refuse" in hers) == (True, False)
    assert ("Take it back" in fays, "Refuse" in fays) == (False, True)
    answer = as_person(world.hana).post(reverse("accounts:decline_proposal", args=[proposal.pk]), follow=True)
    assert "Taken back. Nothing happens." in answer.content.decode()


def test_the_page_says_before_the_tap_that_a_second_person_must_agree(world: World, as_person: As) -> None:
    for each in (world.kit, world.ben):
        suspend_person(each, by=world.hana, at=world.now)
    hana = as_person(world.hana)
    leads, does_not = (hana.get(reverse("accounts:restore", args=[each.reference])) for each in (world.kit, world.ben))
    assert "must agree first" in leads.content.decode()
    assert "must agree first" not in does_not.content.decode()


def test_fay_who_may_agree_finds_what_waits_from_the_people_and_ann_does_not(world: World, as_person: As) -> None:
    link = f'href="{reverse("accounts:proposals")}"'
    people = reverse("accounts:people")
    assert link in as_person(world.fay).get(people).content.decode()
    assert link not in as_person(world.ann).get(people).content.decode()
