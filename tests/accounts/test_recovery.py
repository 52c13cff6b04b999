"""Somebody lost their telephone and their recovery codes: two people let them sign in anew, to the same account."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.devices import device_of, remember_device
from accounts.factors import has_strong_factor
from accounts.library_forms import ForgottenPasswordForm
from accounts.mail import POSTMAN
from accounts.models import AccountEvent, Invitation, Proposal, User
from accounts.operations import (
    agree_to_proposal,
    ask_for_recovery,
    change_address,
    decline_proposal,
    find_invitation,
    suspend_person,
)
from accounts.store import name_of_cookie
from alerts.message.models import Alert, Urgency
from audit.models import CHANGES, Entry
from circles.circle.models import Circle
from core.errors import Refused
from tests.accounts.signing import give_app, give_passkey, give_recovery_codes, is_signed_in
from tests.factories.accounts import PASSWORD
from tests.world import World

As = Callable[[User], Client]
CHECKED = "I rang her on the number she gave when she joined, and she named her first circle."
NEW_PASSWORD = "mellow otter lantern drift"


def ask(world: World, name: str = "ben", *, by: User | None = None) -> Proposal:
    return ask_for_recovery(world.people[name], how_checked=CHECKED, by=by or world.gil, at=world.now)


def with_password(person: User) -> User:
    """Somebody who has a password. The world's people have none, since hashing takes time."""
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def sign_in_anew(world: World, name: str = "ben") -> User:
    agree_to_proposal(ask(world, name), by=world.fay, at=world.now)
    return User.objects.get(pk=world.people[name].pk)


@pytest.fixture
def link(world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[[], str]:
    """Lets Ben sign in anew; the address in the mail that he got."""

    def sent() -> str:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            sign_in_anew(world)
        POSTMAN.submit(lambda: None).result()
        letters = [letter for letter in mail.outbox[before:] if "/join/" in letter.body]
        assert [letter.to for letter in letters] == [["ben@example.org"]]
        return next(word for word in letters[0].body.split() if "/join/" in word).partition("/people/")[2]

    return sent


def test_nothing_ends_until_a_second_person_agrees(world: World) -> None:
    give_app(world.ben)
    ask(world)
    assert has_strong_factor(world.ben)
    for person in (world.gil, world.ann, world.jo, world.ben):
        with pytest.raises(PermissionDenied):
            agree_to_proposal(Proposal.objects.get(), by=person, at=world.now)
    agree_to_proposal(Proposal.objects.get(), by=world.fay, at=world.now)
    assert not has_strong_factor(world.ben)


def test_every_factor_session_and_remembered_device_ends(world: World, as_person: As) -> None:
    give_app(world.ben)
    give_passkey(world.ben)
    give_recovery_codes(world.ben)
    ben = as_person(world.ben)
    assert is_signed_in(ben)
    row = Session.objects.filter(session_key=name_of_cookie(ben.cookies[settings.SESSION_COOKIE_NAME].value))
    assert row.exists()
    answer = HttpResponse()
    remember_device(RequestFactory().get("/"), answer, world.ben)
    known = RequestFactory().get("/")
    known.COOKIES.update({name: morsel.value for name, morsel in answer.cookies.items()})
    assert device_of(known, "ben@example.org")
    person = sign_in_anew(world)
    assert not Authenticator.objects.filter(user=person).exists()
    assert not row.exists()
    assert not is_signed_in(ben)
    assert device_of(known, "ben@example.org") == ""


def test_the_password_ends_too_since_alone_it_would_let_somebody_add_a_factor(world: World) -> None:
    with_password(world.ben)
    assert not sign_in_anew(world).has_usable_password()


def test_ben_opens_the_link_chooses_a_password_and_is_asked_for_a_second_factor(
    world: World, client: Client, link: Callable[[], str]
) -> None:
    page = f"/people/{link()}"
    before = (world.ben.reference, set(world.ben.roles))
    assert client.post(page).status_code == 302
    answer = client.post(reverse("accounts:join"), {"password": NEW_PASSWORD})
    assert answer["Location"] == reverse("accounts:second_factor")
    ben = User.objects.get(pk=world.ben.pk)
    assert ben.check_password(NEW_PASSWORD)
    assert (ben.reference, set(ben.roles)) == before
    assert Circle.objects.visible_to(ben).contains(world.ely)
    assert client.get(reverse("home"))["Location"] == reverse("accounts:second_factor")
    assert User.objects.filter(email="ben@example.org").count() == 1


def test_the_link_works_once_and_the_old_password_never_again(
    world: World, client: Client, link: Callable[[], str]
) -> None:
    with_password(world.ben)
    page = f"/people/{link()}"
    assert not User.objects.get(pk=world.ben.pk).check_password(PASSWORD)
    client.post(page)
    client.post(reverse("accounts:join"), {"password": NEW_PASSWORD})
    assert Client().get(page).status_code == 404
    assert not User.objects.get(pk=world.ben.pk).check_password(PASSWORD)


def test_a_second_link_ends_the_first(world: World, link: Callable[[], str]) -> None:
    first, second = (link().strip("/").split("/")[-1] for _ in range(2))
    assert find_invitation(first, at=world.now) is None
    assert find_invitation(second, at=world.now) is not None


def test_ben_is_told_at_once_by_mail_and_text_both_times_and_ann_who_leads_him_too(world: World) -> None:
    sign_in_anew(world)
    for change in ("recovery_asked", "recovered"):
        event = AccountEvent.objects.get(person=world.ben, change=change)
        own = Alert.objects.filter(key=f"account:{event.pk}", recipient=world.ben)
        assert set(own.values_list("urgency", flat=True)) == {Urgency.URGENT.value}
        assert Alert.objects.filter(key=f"account:{event.pk}:leads", recipient=world.ann).exists()


def test_the_trail_says_who_asked_and_who_agreed_and_not_how_it_was_checked(world: World) -> None:
    sign_in_anew(world)
    lines = Entry.objects.filter(kind="person", reference=world.ben.reference, act__in=CHANGES)
    assert set(lines.values_list("act", "note", "actor__first_name")) == {
        ("altered", "recovery asked for", "Gil"),
        ("altered", "recovery_asked", "Gil"),
        ("revoked", f"recovered: asked for by {world.gil.reference}", "Fay"),
    }
    assert not Entry.objects.filter(note__contains="rang").exists()


def test_how_it_was_checked_is_asked_for_by_the_page_and_by_the_database(world: World) -> None:
    with pytest.raises(Refused, match="Write how you made sure"):
        ask_for_recovery(world.ben, how_checked="  ", by=world.hana, at=world.now)
    ask(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(how_checked="")


def test_the_second_person_reads_how_it_was_checked_and_where_the_link_goes(world: World, as_person: As) -> None:
    ask(world)
    text = as_person(world.fay).get(reverse("accounts:proposals")).content.decode()
    for words in ("Ben Ashby has lost every way to sign in", CHECKED, "ben@example.org"):
        assert words in text


def test_refused_it_ends_nothing_and_ben_reads_so(world: World) -> None:
    give_app(world.ben)
    decline_proposal(ask(world), by=world.kit, at=world.now)
    assert has_strong_factor(world.ben)
    assert AccountEvent.objects.filter(person=world.ben).latest("pk").change == "recovery_refused"


@pytest.mark.parametrize("name", ["ann", "fay", "kit", "jo", "ben"])
def test_only_who_keeps_accounts_asks_and_never_for_themselves(name: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        ask(world, "tom", by=world.people[name])
    with pytest.raises(PermissionDenied):
        ask(world, "hana", by=world.hana)


def test_nobody_signs_in_anew_who_is_suspended(world: World) -> None:
    suspend_person(world.ben, by=world.hana, at=world.now)
    with pytest.raises(Refused, match="Let them return first"):
        ask(world)


def test_alone_nobody_does_it_by_page_and_whoever_runs_the_machine_does(world: World) -> None:
    for person in (world.fay, world.kit):
        suspend_person(person, by=world.hana, at=world.now)
    give_app(world.hana)
    with pytest.raises(Refused, match=r"manage\.py recover"):
        ask(world, "hana")
    out = StringIO()
    call_command("recover", "hana@example.org", stdout=out)
    assert "/people/join/" in out.getvalue()
    assert not has_strong_factor(world.hana)
    line = Entry.objects.filter(kind="person", reference=world.hana.reference, note="recovered").get()
    assert line.actor is None
    with pytest.raises(CommandError, match="Nobody has this address"):
        call_command("recover", "nobody@example.org")


def test_gil_asks_on_bens_page_and_fay_agrees(world: World, as_person: As) -> None:
    gil, page = as_person(world.gil), reverse("accounts:recover", args=[world.ben.reference])
    assert f'href="{page}"' in gil.get(world.ben.get_absolute_url()).content.decode()
    assert gil.post(page, {"how_checked": CHECKED}).status_code == 302
    agree = reverse("accounts:agree_to_proposal", args=[Proposal.objects.get().pk])
    assert as_person(world.fay).post(agree).status_code == 302
    assert Invitation.objects.get(person=world.ben).role == ""


def test_a_link_that_went_to_an_address_he_no_longer_has_opens_nothing(world: World, link: Callable[[], str]) -> None:
    token = link().strip("/").rpartition("/")[2]
    assert find_invitation(token, at=world.now)
    change_address(world.ben, email="ben.new@example.org", by=world.hana, at=world.now)
    assert find_invitation(token, at=world.now) is None


def test_a_forgotten_password_opens_nothing_until_the_link_of_two_people_is_used(world: World) -> None:
    with_password(world.ben)
    assert _people_mailed_by("ben@example.org") == [world.ben]
    sign_in_anew(world)
    assert _people_mailed_by("ben@example.org") == _people_mailed_by("nobody@example.org") == []


def _people_mailed_by(email: str) -> list[User]:
    form = ForgottenPasswordForm({"email": email})
    assert form.is_valid()
    return list(form.users)
