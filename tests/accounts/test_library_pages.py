"""Whatever page or notice of a library somebody can be shown, it is one of our own, in the voice of the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.adapters import UNSAID, MFAAdapter
from accounts.middleware import CLOSED
from tests.client_sessions import log_in_client
from tests.world import World

LIBRARY = Path(allauth.__file__).parent / "templates"
OURS = settings.ROOT / "templates"
NEVER_SHOWN = {"account/signup.html": "nobody signs up: the page says so in templates/account/signup_closed.html"}
OF_CLOSED_PAGES = (
    "account/messages/phone_",
    "account/messages/cannot_delete",
    "account/messages/primary_email_set",
    "account/messages/unverified",
    "account/messages/password_set",
)


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def templates_of_the_library() -> Iterator[str]:
    """The template of each of the library's views that is not closed, found by looking at the addresses."""
    for pattern in patterns(get_resolver()):
        view: Any = getattr(pattern.callback, "view_class", None)
        if view is None or not view.__module__.startswith("allauth.") or pattern.name in CLOSED:
            continue
        yield from (
            str(value)
            for kind in view.__mro__
            for name, value in vars(kind).items()
            if name == "template_name" and value
        )


def test_every_page_of_the_library_that_can_be_opened_is_one_of_ours() -> None:
    found = set(templates_of_the_library()) | {"account/signup_closed.html"}
    assert len(found) > 12
    theirs = [
        name for name in sorted(found - set(NEVER_SHOWN)) if OURS not in Path(get_template(name).origin.name).parents
    ]
    assert theirs == []


def test_every_notice_of_the_library_that_can_be_shown_is_one_of_ours() -> None:
    theirs = []
    for app in ("account", "mfa"):
        for path in (LIBRARY / app / "messages").glob("*.txt"):
            name = str(path.relative_to(LIBRARY))
            if not name.startswith((*UNSAID, *OF_CLOSED_PAGES)) and not (OURS / name).exists():
                theirs.append(name)
    assert theirs == []


@pytest.mark.django_db(databases=["default", "cache"])
def test_a_suspended_volunteer_is_told_whom_to_ask_and_whom_to_telephone(client: Client) -> None:
    said = client.get(reverse("account_inactive")).content.decode()
    assert "Ask your coordinator or manager" in said
    assert "Account Inactive" not in said


@pytest.mark.django_db(databases=["default", "cache"])
def test_an_old_link_for_a_password_says_what_to_do(client: Client) -> None:
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc-def"})
    said = client.get(address, follow=True).content.decode()
    assert "This link does not work any more" in said
    assert "Bad Token" not in said


@pytest.mark.django_db(databases=["default", "cache"])
def test_the_first_passkey_is_not_called_a_key_by_anybody_but_its_person(world: World) -> None:
    named = MFAAdapter().generate_authenticator_name
    assert named(world.ben, Authenticator.Type.WEBAUTHN) == "My telephone"


def test_no_box_of_a_librarys_form_holds_a_hint_that_goes_when_one_types(world: World) -> None:
    client = Client()
    pages = [client.get(reverse(name)).content.decode() for name in ("account_login", "account_reset_password")]
    log_in_client(client, world.ben)
    pages.append(client.get(reverse("account_reauthenticate")).content.decode())
    for page in pages:
        assert "<form" in page
        assert "placeholder=" not in page
    assert "E-mail address" in pages[0]
