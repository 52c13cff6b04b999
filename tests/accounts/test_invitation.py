"""Nobody comes in without an invitation, and each lets in one person, once, within 72 hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.access import Role
from accounts.mail import POSTMAN
from accounts.models import Invitation, User
from accounts.operations import accept_invitation, find_invitation, invite_first_manager, invite_person
from core.errors import Refused
from tests.factories.accounts import PASSWORD, AgencyFactory
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
AsPerson = Callable[[User], Client]
JOINING = {"full_name": "Nell Harrow", "first_name": "Nell", "password": PASSWORD}


@pytest.fixture
def link_mailed_by(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., str]:
    """Does something, waits for the mail it posts, and answers with the mail's link."""

    def link(act: Callable[[], object]) -> str:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        POSTMAN.submit(lambda: None).result()
        assert len(mail.outbox) == before + 1
        return next(word for word in mail.outbox[-1].body.split() if word.startswith("https://"))

    return link


def invite_nell(world: World, **changes: object) -> Invitation:
    given = {"email": "Nell@example.org", "full_name": "Nell Harrow", "role": Role.VOLUNTEER}
    given |= {"agency": world.hana.agency, "area": world.hana.area, "by": world.hana, "at": world.now}
    return invite_person(**(given | changes))


def path_of(link: str) -> str:
    assert link.startswith("https://waymark.example.org/")
    return link.removeprefix("https://waymark.example.org")


def test_from_the_link_to_the_second_factor_in_one_sitting(world: World, link_mailed_by: Callable[..., str]) -> None:
    path, nell = path_of(link_mailed_by(lambda: invite_nell(world))), Client()
    assert nell.get(path).status_code == 200
    assert nell.post(path)["Location"] == reverse("accounts:join")
    assert nell.post(reverse("accounts:join"), JOINING)["Location"] == reverse("accounts:second_factor")
    offered = nell.get(reverse("accounts:second_factor"))
    assert offered.status_code == 200
    assert reverse("alerts:inbox") not in offered.content.decode(), "every link of the bar would lead back to this page"
    assert nell.get(reverse("mfa_activate_totp")).status_code == 200
    assert nell.get(reverse("accounts:me"))["Location"] == reverse("accounts:second_factor")
    person = User.objects.get(email="nell@example.org")
    assert (person.first_name, person.agency, person.roles) == ("Nell", world.hana.agency, {"volunteer"})
    assert person.check_password(PASSWORD)
    accepted = Invitation.objects.get(email="nell@example.org")
    assert accepted.accepted_by == person
    assert str(accepted).startswith("invitation ")


def test_the_mail_is_the_same_for_everybody_and_names_nobody(world: World, link_mailed_by: Callable[..., str]) -> None:
    bodies = []
    for changes in ({}, {"email": "zed@example.org", "full_name": "Zed Quarry", "role": Role.COORDINATOR}):
        link = link_mailed_by(lambda changes=changes: invite_nell(world, **changes))
        bodies.append(mail.outbox[-1].body.replace(link, "LINK"))
    assert bodies[0] == bodies[1]
    assert not any(word in bodies[0] for word in ("Nell", "Harrow", "volunteer", "Hana", "ircle", "example.org"))


def test_a_mail_scanner_that_opens_the_link_uses_nothing_up(world: World, link_mailed_by: Callable[..., str]) -> None:
    path = path_of(link_mailed_by(lambda: invite_nell(world)))
    for _ in range(3):
        scanner = Client()
        scanner.get(path)
        assert scanner.get(reverse("accounts:join")).status_code == 404
    assert Client().post(path)["Location"] == reverse("accounts:join")


def test_only_the_tokens_hash_is_stored(world: World, link_mailed_by: Callable[..., str]) -> None:
    token = path_of(link_mailed_by(lambda: invite_nell(world))).strip("/").split("/")[-1]
    stored = Invitation.objects.get(email="nell@example.org")
    assert token not in str(vars(stored))
    assert find_invitation(token, at=world.now) == stored
    assert find_invitation(stored.token_hash, at=world.now) is None


def test_an_invitation_works_once(world: World, link_mailed_by: Callable[..., str]) -> None:
    path = path_of(link_mailed_by(lambda: invite_nell(world)))
    first, second = Client(), Client()
    for each in (first, second):
        each.post(path)
    first.post(reverse("accounts:join"), JOINING)
    assert second.post(reverse("accounts:join"), JOINING).status_code == 404
    assert Client().get(path).status_code == 404
    assert User.objects.filter(email="nell@example.org").count() == 1
    with pytest.raises(Refused, match="was used"):
        accept_invitation(Invitation.objects.get(email="nell@example.org"), at=world.now, **JOINING)


def test_after_72_hours_the_link_is_dead_even_for_who_pressed_the_button_before(
    world: World, link_mailed_by: Callable[..., str]
) -> None:
    path, nell = path_of(link_mailed_by(lambda: invite_nell(world))), Client()
    with time_machine.travel(world.now + timedelta(hours=71, minutes=59)):
        assert nell.post(path)["Location"] == reverse("accounts:join")
        assert nell.get(reverse("accounts:join")).status_code == 200
    with time_machine.travel(world.now + timedelta(hours=72, seconds=1)):
        assert nell.post(reverse("accounts:join"), JOINING).status_code == 404
        assert Client().get(path).status_code == 404


def test_a_used_link_and_one_never_sent_are_answered_with_the_same_words(
    world: World, link_mailed_by: Callable[..., str]
) -> None:
    path, nell = path_of(link_mailed_by(lambda: invite_nell(world))), Client()
    nell.post(path)
    nell.post(reverse("accounts:join"), JOINING)
    used = Client().get(path)
    never = Client().get(reverse("accounts:invitation", args=["never-sent"]))
    assert (used.status_code, used.content) == (never.status_code, never.content)


def test_inviting_again_ends_the_earlier_link(world: World, link_mailed_by: Callable[..., str]) -> None:
    first = path_of(link_mailed_by(lambda: invite_nell(world)))
    second = path_of(
        link_mailed_by(lambda: invite_nell(world, email="nell@EXAMPLE.org", at=world.now + timedelta(milliseconds=1)))
    )
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


@pytest.mark.parametrize("password", ["short", "fourteen chars", "nell@example.org1", "1qaz2wsx3edc4rfv", ""])
def test_a_weak_password_is_refused_and_the_invitation_stays(
    password: str, world: World, link_mailed_by: Callable[..., str]
) -> None:
    path, nell = path_of(link_mailed_by(lambda: invite_nell(world))), Client()
    nell.post(path)
    answer = nell.post(reverse("accounts:join"), JOINING | {"password": password})
    assert answer.status_code == 200
    assert answer.context["form"].errors["password"]
    assert nell.post(reverse("accounts:join"), JOINING).status_code == 302


def test_a_person_signed_in_is_told_to_sign_out_first(
    world: World, as_person: AsPerson, link_mailed_by: Callable[..., str]
) -> None:
    path = path_of(link_mailed_by(lambda: invite_nell(world)))
    answer = as_person(world.ben).post(path)
    assert b"sign out" in answer.content
    assert Invitation.objects.get(email="nell@example.org").accepted_at is None


def test_pressing_the_button_too_often_is_stopped(world: World) -> None:
    path = reverse("accounts:invitation", args=["guess"])
    statuses = [Client().post(path).status_code for _ in range(22)]
    assert statuses == [404] * 20 + [429] * 2


def test_ann_invites_volunteers_of_her_own_agency_and_nobody_else(world: World) -> None:
    assert invite_nell(world, by=world.ann, agency=world.ann.agency).role == Role.VOLUNTEER
    with pytest.raises(Refused, match="role") as refused:
        invite_nell(world, by=world.ann, role=Role.MANAGER)
    assert refused.value.field == "role"
    with pytest.raises(Refused, match="own agency"):
        invite_nell(world, by=world.ann, agency=AgencyFactory())


def test_gil_who_sees_no_case_cannot_invite_somebody_who_does(world: World) -> None:
    assert invite_nell(world, by=world.gil, role=Role.TECHNICIAN).role == Role.TECHNICIAN
    for role in set(Role) - {Role.TECHNICIAN}:
        with pytest.raises(Refused, match="role"):
            invite_nell(world, by=world.gil, role=role, email="somebody.else@example.org")


@pytest.mark.parametrize("name", ["ben", "fay", "kit", "jo", "esi", "ivor"])
def test_nobody_else_invites(name: str, world: World, as_person: AsPerson) -> None:
    with pytest.raises(PermissionDenied):
        invite_nell(world, by=world.people[name])
    assert as_person(world.people[name]).get(reverse("accounts:invite")).status_code == 403


def test_somebody_who_has_an_account_is_not_invited_again(world: World) -> None:
    with pytest.raises(Refused, match="has an account already"):
        invite_nell(world, email="BEN@example.org")


def test_hana_invites_by_the_page(world: World, as_person: AsPerson, link_mailed_by: Callable[..., str]) -> None:
    data = {"email": "nell@example.org", "full_name": "Nell Harrow", "role": "liaison", "area": ""}
    client = as_person(world.hana)
    for charity in ("", world.hana.agency_id):
        answer = client.post(reverse("accounts:invite"), data | {"agency": charity})
        assert "works for the police, probation or another agency" in str(answer.context["form"].errors["agency"])
    data["agency"] = str(world.esi.agency_id)
    link_mailed_by(lambda: client.post(reverse("accounts:invite"), data))
    assert Invitation.objects.get(email="nell@example.org").role == Role.LIAISON
    assert b"Nell Harrow" in client.get(reverse("accounts:people")).content
    answer = client.post(reverse("accounts:invite"), data | {"email": "ben@example.org"})
    assert "has an account already" in str(answer.context["form"].errors["email"])


def test_the_first_manager_comes_in_by_the_last_link_and_only_the_first(
    world: World, link_mailed_by: Callable[..., str]
) -> None:
    def invite(email: str) -> str:
        return invite_first_manager(email=email, full_name="Nell Harrow", at=world.now)

    with pytest.raises(Refused, match="There is a manager already"):
        invite("nell@example.org")
    world.hana.groups.remove(*world.hana.groups.all())
    mistyped = path_of(invite("nel@example.org"))
    link = path_of(link_mailed_by(lambda: invite("nell@example.org")))
    nell = Client()
    assert nell.get(mistyped).status_code == 404
    nell.post(link)
    nell.post(reverse("accounts:join"), JOINING)
    assert User.objects.get(email="nell@example.org").roles == {"manager"}
