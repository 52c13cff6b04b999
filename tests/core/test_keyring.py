"""The keyring: what it seals can be opened only with the right key, in the right row."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keyring import CannotOpen, Keyring, get_keyring, key_from_base64

OLD, NEW, INDEX = b"o" * 32, b"n" * 32, b"i" * 32
old_keyring = Keyring({"k1": OLD}, INDEX)
new_keyring = Keyring({"k2": NEW, "k1": OLD}, INDEX)
"""After a change of key: it seals with the new one, and still opens what the old one sealed."""


@given(st.binary(max_size=200), st.text(max_size=40))
def test_sealed_words_open_in_their_own_context(plaintext: bytes, context: str) -> None:
    assert new_keyring.open(new_keyring.seal(plaintext, context=context), context=context) == plaintext


def test_the_same_words_sealed_twice_look_different_and_show_nothing() -> None:
    first, second = (new_keyring.seal(b"a name nobody may read", context="identity:1") for _ in range(2))
    assert first != second
    assert b"name" not in first


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = new_keyring.seal(b"x", context="identity:1")
    with pytest.raises(CannotOpen):
        new_keyring.open(sealed, context="identity:2")


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_anywhere_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(new_keyring.seal(b"twenty-odd bytes here", context="c"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(CannotOpen):
        new_keyring.open(bytes(sealed), context="c")


@given(st.binary(max_size=60))
def test_bytes_that_were_never_sealed_cannot_be_opened(planted: bytes) -> None:
    with pytest.raises(CannotOpen):
        new_keyring.open(planted, context="c")


def test_an_old_key_still_opens_and_asks_for_resealing() -> None:
    sealed = old_keyring.seal(b"x", context="c")
    assert new_keyring.open(sealed, context="c") == b"x"
    assert new_keyring.needs_resealing(sealed)
    assert not new_keyring.needs_resealing(new_keyring.seal(b"x", context="c"))


def test_without_its_key_nothing_opens() -> None:
    sealed = new_keyring.seal(b"x", context="c")
    with pytest.raises(CannotOpen, match="k2"):
        old_keyring.open(sealed, context="c")
    with pytest.raises(CannotOpen):
        Keyring({"k2": OLD}, INDEX).open(sealed, context="c")


def test_the_blind_index_finds_the_same_words_whatever_their_case_and_spacing() -> None:
    assert new_keyring.blind_index(" Ashby  1970-02-03") == new_keyring.blind_index("ASHBY 1970-02-03")
    assert new_keyring.blind_index("Ashby 1970-02-03") != new_keyring.blind_index("Ashby 1970-02-04")
    assert new_keyring.blind_index("Ashby") != Keyring({"k2": NEW}, b"j" * 32).blind_index("Ashby")
    assert "ashby" not in new_keyring.blind_index("Ashby")


def test_a_keyring_does_not_show_its_keys() -> None:
    assert "nnnn" not in repr(new_keyring)
    assert "iiii" not in repr(new_keyring)


def test_the_settings_keyring_seals_and_opens() -> None:
    assert get_keyring().open(get_keyring().seal(b"x", context="c"), context="c") == b"x"


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(b"x" * 16).decode()])
def test_a_key_that_is_not_32_bytes_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        key_from_base64(key)
