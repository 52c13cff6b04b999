"""Wrong second factors from elsewhere do not use up the tries of the person's own device."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import allauth.mfa
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.code_tries import check_tries
from accounts.models import User
from tests.accounts.signing import current_code, give_app, give_code, give_password, give_recovery_codes, is_signed_in
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
TOO_MANY = "Too many tries"


def known_device(person: User, secret: str) -> Client:
    """A browser in which this person has signed in before, signed out again."""
    mine = Client(REMOTE_ADDR="10.1.1.2")
    give_password(mine, person)
    give_code(mine, current_code(secret))
    assert is_signed_in(mine)
    mine.post(reverse("account_logout"))
    return mine


def stranger_tries(person: User, places: int, each: int) -> Client:
    """Somebody who knows the password types wrong codes, in so many places; the answer is the last of them."""
    stranger = Client()
    for place in range(places):
        stranger = Client(REMOTE_ADDR=f"10.7.{place // 200}.{place % 200 + 1}")
        give_password(stranger, person)
        for _ in range(each):
            give_code(stranger, "000000")
    return stranger


def test_wren_comes_in_with_a_recovery_code_on_her_own_device_however_many_are_tried_elsewhere(db: None) -> None:
    wren = PersonFactory()
    secret = give_app(wren)
    codes = give_recovery_codes(wren)
    mine = known_device(wren, secret)
    stranger_tries(wren, places=8, each=5)
    give_password(mine, wren)
    give_code(mine, codes[0])
    assert is_signed_in(mine)


def test_the_stranger_who_tries_in_many_places_is_stopped_with_the_right_code_too(db: None) -> None:
    wren = PersonFactory()
    give_app(wren)
    codes = give_recovery_codes(wren)
    stranger_tries(wren, places=8, each=5)
    late = Client(REMOTE_ADDR="10.8.8.8")
    give_password(late, wren)
    assert TOO_MANY in give_code(late, codes[0]).content.decode()
    assert not is_signed_in(late)


def test_five_wrong_codes_in_one_place_keep_out_that_place_and_no_other(db: None) -> None:
    wren = PersonFactory()
    give_app(wren)
    codes = give_recovery_codes(wren)
    stranger = stranger_tries(wren, places=1, each=5)
    assert TOO_MANY in give_code(stranger, codes[0]).content.decode()
    office = Client(REMOTE_ADDR="10.8.8.8")
    give_password(office, wren)
    give_code(office, codes[0])
    assert is_signed_in(office)


def test_her_own_device_has_five_tries_of_its_own_and_no_more(db: None) -> None:
    wren = PersonFactory()
    secret = give_app(wren)
    codes = give_recovery_codes(wren)
    mine = known_device(wren, secret)
    give_password(mine, wren)
    for _ in range(5):
        give_code(mine, "000000")
    assert TOO_MANY in give_code(mine, codes[0]).content.decode()


@settings(max_examples=6, deadline=None)
@given(places=st.integers(1, 6), each=st.integers(1, 6))
def test_however_a_stranger_spreads_the_tries_her_own_device_keeps_its_own(places: int, each: int) -> None:
    cache.clear()
    wren = PersonFactory()
    secret = give_app(wren)
    codes = give_recovery_codes(wren)
    mine = known_device(wren, secret)
    stranger_tries(wren, places=places, each=each)
    give_password(mine, wren)
    for _ in range(4):
        give_code(mine, "000000")
    give_code(mine, codes[0])
    assert is_signed_in(mine)


def test_every_form_of_the_library_that_counts_tries_counts_them_here() -> None:
    names = [one.name for one in walk_packages(allauth.mfa.__path__, "allauth.mfa.") if one.name.endswith(".forms")]
    asking = {name: getattr(import_module(name), "check_rate_limit", None) for name in names}
    assert {name for name, counts in asking.items() if counts} == {
        name for name, counts in asking.items() if counts is check_tries
    }
    assert len([one for one in asking.values() if one]) == 3
