"""What is sealed opens with the right key in the right place, and nowhere else."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keyring import CannotOpen, Keyring, get_keyring, key_from_base64

OLD, NEW, INDEX = b"o" * 32, b"n" * 32, b"i" * 32
old, new = Keyring({"k1": OLD}, INDEX), Keyring({"k2": NEW, "k1": OLD}, INDEX)


@given(st.binary(max_size=200), st.text(max_size=40))
def test_what_is_sealed_opens_in_its_own_context(plaintext: bytes, context: str) -> None:
    assert new.open(new.seal(plaintext, context=context), context=context) == plaintext


def test_the_same_words_sealed_twice_look_different_and_show_nothing() -> None:
    first, second = (new.seal(b"a name nobody may read", context="identity:1") for _ in range(2))
    assert first != second
    assert b"name" not in first


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = new.seal(b"x", context="identity:1")
    with pytest.raises(CannotOpen):
        new.open(sealed, context="identity:2")


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_anywhere_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(new.seal(b"twenty-odd bytes here", context="c"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(CannotOpen):
        new.open(bytes(sealed), context="c")


@given(st.binary(max_size=60))
def test_bytes_that_were_never_sealed_raise_and_are_never_given_back(planted: bytes) -> None:
    with pytest.raises(CannotOpen):
        new.open(planted, context="c")


def test_an_old_key_still_opens_and_asks_for_resealing() -> None:
    sealed = old.seal(b"x", context="c")
    assert new.open(sealed, context="c") == b"x"
    assert new.needs_resealing(sealed)
    assert not new.needs_resealing(new.seal(b"x", context="c"))


def test_without_its_key_nothing_opens() -> None:
    sealed = new.seal(b"x", context="c")
    with pytest.raises(CannotOpen, match="k2"):
        old.open(sealed, context="c")
    with pytest.raises(CannotOpen):
        Keyring({"k2": OLD}, INDEX).open(sealed, context="c")


def test_the_blind_index_finds_the_same_words_whatever_their_case_and_spacing() -> None:
    assert new.blind_index(" Ashby  1970-02-03") == new.blind_index("ASHBY 1970-02-03")
    assert new.blind_index("Ashby 1970-02-03") != new.blind_index("Ashby 1970-02-04")
    assert new.blind_index("Ashby") != Keyring({"k2": NEW}, b"j" * 32).blind_index("Ashby")
    assert "ashby" not in new.blind_index("Ashby")


def test_a_keyring_does_not_show_its_keys() -> None:
    assert "nnnn" not in repr(new)
    assert "iiii" not in repr(new)


def test_the_settings_keyring_seals_and_opens() -> None:
    assert get_keyring().open(get_keyring().seal(b"x", context="c"), context="c") == b"x"


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(b"x" * 16).decode()])
def test_a_key_that_is_not_32_bytes_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        key_from_base64(key)
