"""Nobody passes without a second factor shown in this session, and what proves it cannot be read or used twice."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.access import Role
from accounts.middleware import CLOSED, ENROLMENT, OPEN
from accounts.models import User
from core.keyring import CannotOpen
from tests.accounts.signing import (
    current_code,
    give_app,
    give_code,
    give_passkey,
    give_password,
    give_recovery_codes,
    is_signed_in,
)
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
AsPerson = Callable[[User], Client]
EXAMPLES = {
    "ReferenceConverter": "C-0142",
    "IntConverter": 1,
    "StringConverter": "x",
    "SlugConverter": "close",
    "UUIDConverter": UUID(int=1),
    "SlotConverter": datetime(2027, 3, 27, 18, 30, tzinfo=UTC),
}
BY_PATTERN = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"},
    "account_confirm_email": {"key": "abc"},
}


@pytest.fixture
def wren() -> User:
    """A volunteer with a password and nothing else."""
    return PersonFactory(role=Role.VOLUNTEER)


def addresses(
    resolver: URLResolver, prefix: str = "", before: dict[str, Any] | None = None
) -> Iterator[tuple[str, str]]:
    """Every name in the address book, and an address it stands for."""
    for each in resolver.url_patterns:
        asked = (before or {}) | each.pattern.converters
        if isinstance(each, URLResolver):
            yield from addresses(each, f"{prefix}{each.namespace}:" if each.namespace else prefix, asked)
        elif isinstance(each, URLPattern):
            name = f"{prefix}{each.name}"
            given = {key: EXAMPLES[type(kind).__name__] for key, kind in asked.items()}
            yield name, reverse(name, kwargs=BY_PATTERN.get(name, given))


def test_with_a_password_alone_every_page_leads_to_getting_a_second_factor(wren: User) -> None:
    client = Client()
    give_password(client, wren)
    seen = 0
    for name, address in addresses(get_resolver()):
        if name in ENROLMENT | OPEN:
            continue
        for answer in (client.get(address), client.post(address)):
            if name in CLOSED:
                assert answer.status_code == 404, name
            else:
                assert answer.status_code == 302, name
                assert answer["Location"] == reverse("accounts:second_factor"), name
            seen += 1
    assert seen > 50


def test_what_is_open_without_a_second_factor_is_only_what_gives_one_and_the_way_out() -> None:
    assert {
        "accounts:second_factor",
        "accounts:stay",
        "mfa_add_webauthn",
        "mfa_activate_totp",
        "account_reauthenticate",
    } == ENROLMENT
    assert {"account_logout", "health", "tick"} == OPEN


def test_password_then_code_lets_wren_in(wren: User) -> None:
    secret, client = give_app(wren), Client()
    assert give_password(client, wren)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert "Use your passkey" not in client.get(reverse("mfa_authenticate")).content.decode()
    give_code(client, current_code(secret))
    assert is_signed_in(client)


def test_a_wrong_code_does_not_let_wren_in(wren: User) -> None:
    secret, client = give_app(wren), Client()
    give_password(client, wren)
    give_code(client, "000000" if current_code(secret) != "000000" else "000001")
    assert not is_signed_in(client)


def test_a_session_that_never_showed_the_factor_wren_has_is_ended(wren: User) -> None:
    client = Client()
    client.force_login(wren)
    give_app(wren)
    answer = client.get(reverse("accounts:me"))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('accounts:me')}"
    assert "_auth_user_id" not in client.session


def test_the_proof_of_somebody_else_in_the_same_browser_does_not_count(
    wren: User, as_person: AsPerson, world: World
) -> None:
    client = as_person(wren)
    assert is_signed_in(client)
    session = client.session
    session["account_authentication_methods_user"] = str(world.ben.pk)
    session.save()
    assert not is_signed_in(client)


def test_the_same_code_is_refused_a_second_time(wren: User) -> None:
    secret = give_app(wren)
    with time_machine.travel(time.time() // 30 * 30 + 1, tick=False):
        code = current_code(secret)
        for allowed in (True, False):
            client = Client()
            give_password(client, wren)
            give_code(client, code)
            assert is_signed_in(client) is allowed


def test_a_recovery_code_lets_wren_in_once(wren: User) -> None:
    give_app(wren)
    code = give_recovery_codes(wren)[0]
    for allowed in (True, False):
        client = Client()
        give_password(client, wren)
        give_code(client, code)
        assert is_signed_in(client) is allowed


def test_neither_the_apps_secret_nor_the_recovery_codes_can_be_read_from_the_database(wren: User) -> None:
    secret, codes = give_app(wren), give_recovery_codes(wren)
    stored = " ".join(str(data) for data in Authenticator.objects.filter(user=wren).values_list("data", flat=True))
    assert secret not in stored
    assert not any(code in stored for code in codes)
    assert Authenticator.objects.get(user=wren, type="totp").data["secret"] == secret
    sealed = stored_factors(wren)["totp"]["sealed"]
    Authenticator.objects.filter(user=wren, type="totp").update(data={"sealed": sealed[:-2] + "00"})
    with pytest.raises(CannotOpen):
        Authenticator.objects.get(user=wren, type="totp")


def stored_factors(person: User) -> dict[str, dict[str, str]]:
    """What the table holds of a person's factors, by type."""
    return dict(Authenticator.objects.filter(user=person).values_list("type", "data"))


def test_a_factor_copied_to_another_persons_row_opens_nothing(wren: User) -> None:
    robin = PersonFactory(role=Role.VOLUNTEER)
    for person in (wren, robin):
        give_app(person)
        give_recovery_codes(person)
        give_passkey(person)
    for kind, data in stored_factors(robin).items():
        assert set(data) == {"sealed"}
        Authenticator.objects.filter(user=wren, type=kind).update(data=data)
        with pytest.raises(CannotOpen):
            Authenticator.objects.get(user=wren, type=kind)


def test_a_factor_moved_to_another_person_opens_nothing(wren: User) -> None:
    robin = PersonFactory(role=Role.VOLUNTEER)
    give_app(robin)
    Authenticator.objects.filter(user=robin).update(user=wren)
    with pytest.raises(CannotOpen):
        Authenticator.objects.get(user=wren)


def test_a_factor_that_is_saved_stays_readable_in_memory_and_sealed_in_the_table(wren: User) -> None:
    passkey = give_passkey(wren)
    assert passkey.data == {"name": "Telephone"}
    passkey.data["name"] = "The blue one"
    passkey.save(update_fields=["data"])
    passkey.record_usage()
    assert passkey.data == {"name": "The blue one"}
    assert Authenticator.objects.get(pk=passkey.pk).data == {"name": "The blue one"}
    assert set(stored_factors(wren)["webauthn"]) == {"sealed"}


def reauthenticate(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_wren_cannot_remove_the_only_second_factor(wren: User, as_person: AsPerson) -> None:
    give_app(wren)
    client = as_person(wren)
    reauthenticate(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=wren, type="totp").exists()
    with pytest.raises(PermissionDenied, match="Add another first"):
        Authenticator.objects.get(user=wren).delete()


def test_the_only_passkey_stays_too_though_the_librarys_page_does_not_ask(wren: User, as_person: AsPerson) -> None:
    passkey = give_passkey(wren)
    client = as_person(wren)
    reauthenticate(client)
    assert client.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 403
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_with_two_factors_one_may_go(wren: User, as_person: AsPerson) -> None:
    give_app(wren)
    passkey = give_passkey(wren)
    client = as_person(wren)
    reauthenticate(client)
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert [each.type for each in Authenticator.objects.filter(user=wren)] == ["totp"]


@pytest.mark.parametrize("name", sorted(CLOSED - {"account_confirm_email", "mfa_trust"}))
def test_the_librarys_pages_we_do_not_have_are_not_found(name: str, wren: User, as_person: AsPerson) -> None:
    assert as_person(wren).get(reverse(name)).status_code == 404


@pytest.mark.django_db(transaction=True, databases=["default", "cache"])
def test_adding_an_app_is_proof_enough_and_spends_its_code(world: World) -> None:
    wren, client = PersonFactory(role=Role.VOLUNTEER), Client()
    with time_machine.travel(time.time() // 30 * 30 + 1, tick=False):
        give_password(client, wren)
        reauthenticate(client)
        client.get(reverse("mfa_activate_totp"))
        code = current_code(client.session["mfa.totp.secret"])
        answer = client.post(reverse("mfa_activate_totp"), {"code": code})
        assert answer["Location"] == reverse("mfa_view_recovery_codes")
        assert is_signed_in(client)
        first, second = (client.get(reverse("mfa_view_recovery_codes")) for _ in range(2))
        codes = Authenticator.objects.get(user=wren, type="recovery_codes").wrap().get_unused_codes()
        assert codes[0].encode() in first.content
        assert codes[0].encode() not in second.content
        again = Client()
        give_password(again, wren)
        give_code(again, code)
        assert not is_signed_in(again)


def test_an_app_being_added_leaves_no_secret_in_the_table_of_sessions(wren: User) -> None:
    client = Client()
    give_password(client, wren)
    reauthenticate(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    row = Session.objects.get(session_key=client.session.session_key)
    unsealed = base64.b64decode(row.session_data + "==")
    for stored in (row.session_data.encode(), unsealed):
        assert secret.encode() not in stored
        assert b"mfa.totp" not in stored
    assert signing_reads_nothing(row)


def signing_reads_nothing(row: Session) -> bool:
    """Django's own reading of a session needs only SECRET_KEY, and finds nothing here."""
    return DatabaseStore().decode(row.session_data) == {}


def test_a_changed_row_is_no_session(wren: User, as_person: AsPerson) -> None:
    client = as_person(wren)
    row = Session.objects.get(session_key=client.session.session_key)
    row.session_data = row.session_data[:-8] + "AAAAAAA="
    row.save()
    assert not is_signed_in(client)
