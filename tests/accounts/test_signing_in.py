"""Signing in gives nothing away, stops guessing, and is closed to whoever was not invited."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.access import Role
from accounts.mail import POSTMAN, _deliver, mail_of
from accounts.models import User
from tests.accounts.signing import give_password
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
AsPerson = Callable[[User], Client]
SIGN_IN, RESET = "account_login", "account_reset_password"


@pytest.fixture
def wren() -> User:
    return PersonFactory(role=Role.VOLUNTEER, email="wren@example.org")


def what_a_stranger_sees(answer: object) -> tuple[object, ...]:
    """What a stranger can compare: status, where it leads, what the form says."""
    errors = answer.context["form"].errors.get_json_data() if answer.context else None
    return answer.status_code, answer.headers.get("Location"), str(errors)


def test_signing_up_is_closed(db: None) -> None:
    before = User.objects.count()
    data = {"email": "mallory@example.org", "password1": PASSWORD}
    Client().post(reverse("account_signup"), data)
    assert User.objects.count() == before
    assert b"password" not in Client().get(reverse("account_signup")).content


def test_a_stranger_and_a_member_with_a_wrong_password_read_the_same(wren: User) -> None:
    known = Client().post(reverse(SIGN_IN), {"login": "wren@example.org", "password": "not the password at all"})
    unknown = Client().post(reverse(SIGN_IN), {"login": "mallory@example.org", "password": "not the password at all"})
    assert what_a_stranger_sees(known) == what_a_stranger_sees(unknown)
    assert known.status_code == 200


def test_asking_for_a_new_password_reads_the_same_and_mails_only_who_is_here(
    wren: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        known = Client().post(reverse(RESET), {"email": "wren@example.org"})
        unknown = Client().post(reverse(RESET), {"email": "mallory@example.org"})
    POSTMAN.submit(lambda: None).result()
    assert what_a_stranger_sees(known) == what_a_stranger_sees(unknown)
    assert [message.to for message in mail.outbox] == [["wren@example.org"]]


def test_the_reset_link_is_of_the_settings_address_whatever_host_was_asked(
    wren: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Client(headers={"host": "localhost"}).post(reverse(RESET), {"email": "wren@example.org"})
    POSTMAN.submit(lambda: None).result()
    body = mail.outbox[0].body
    assert "https://waymark.example.org/account/password/reset/key/" in body
    assert "localhost" not in body
    assert "Wren" not in body


def test_a_changed_password_is_told_by_mail_without_saying_where_from(
    wren: User, as_person: AsPerson, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = as_person(wren)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    new = "walnut saddle quiet eleven"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    POSTMAN.submit(lambda: None).result()
    assert settings.ON_CALL_TELEPHONE in mail.outbox[0].body
    assert not any(word in mail.outbox[0].body for word in ("127.0.0.1", "Wren", "wren@"))


def test_a_mail_server_that_is_down_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    message = mail_of("wren@example.org", "{service}")

    class Broken:
        def send_messages(self, messages: object) -> int:
            raise ConnectionRefusedError

    message.connection = Broken()
    POSTMAN.submit(_deliver, message).result()
    assert "ConnectionRefusedError" in caplog.text
    assert "wren@" not in caplog.text


def test_after_five_wrong_passwords_the_right_one_waits_too(wren: User) -> None:
    for _ in range(5):
        assert "_auth_user_id" not in client_after(wren, "not the password at all").session
    assert "_auth_user_id" not in client_after(wren, PASSWORD).session
    other = PersonFactory()
    assert "_auth_user_id" in client_after(other, PASSWORD).session


def client_after(person: User, password: str) -> Client:
    client = Client()
    give_password(client, person, password)
    return client


def test_counts_of_attempts_survive_the_request_that_failed(db: None) -> None:
    """The cache has a connection of its own, which no request's transaction takes back."""
    assert settings.DATABASES["cache"]["ATOMIC_REQUESTS"] is False
    assert connections["cache"] is not connections["default"]
    with transaction.atomic():
        cache.set("attempts", 5)
        transaction.set_rollback(True)
    assert cache.get("attempts") == 5


def test_somebody_suspended_cannot_sign_in_with_the_right_password(world: World) -> None:
    wren = PersonFactory(status=User.Status.SUSPENDED, is_active=False)
    assert "_auth_user_id" not in client_after(wren, PASSWORD).session


def test_somebody_suspended_reads_what_a_stranger_reads_when_the_password_is_wrong(wren: User) -> None:
    gone = PersonFactory(status=User.Status.SUSPENDED, is_active=False)
    answers = [
        Client().post(reverse(SIGN_IN), {"login": email, "password": "not the password at all"})
        for email in (gone.email, "mallory@example.org")
    ]
    assert what_a_stranger_sees(answers[0]) == what_a_stranger_sees(answers[1])


def test_an_address_is_the_same_in_any_case(wren: User) -> None:
    client = Client()
    client.post(reverse(SIGN_IN), {"login": "WREN@Example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(wren.pk)
    assert User.objects.get_by_natural_key("WREN@example.org") == wren


def test_signing_in_says_nothing_of_the_address_on_the_next_page(wren: User) -> None:
    client = Client()
    give_password(client, wren)
    assert "wren@example.org" not in client.get(reverse("accounts:second_factor")).content.decode()
