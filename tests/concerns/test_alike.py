"""What counts as the same place, vehicle or name online, however it was typed; and that only the key's holder can compare."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerns.alike import forms_of, indexes_of
from concerns.models import Named
from core.keyring import Keyring

KEYS = Keyring({"k1": b"k" * 32}, b"i" * 32)
OTHER_KEYS = Keyring({"k1": b"k" * 32}, b"j" * 32)
BETWEEN = st.lists(st.sampled_from(["", " ", "-", " . ", "_/", "\t"]), min_size=7, max_size=7)
PLATES = st.from_regex(r"[A-Z]{2}[0-9]{2}[A-Z]{3}", fullmatch=True)
POSTCODES = st.from_regex(r"[A-Z]{1,2}[0-9]{1,2}[0-9][A-Z]{2}", fullmatch=True)


often = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(PLATES, BETWEEN, st.booleans())
def test_a_plate_is_the_same_in_any_case_with_anything_between(plate: str, between: list[str], lower: bool) -> None:
    typed = "".join(mark + letter for mark, letter in zip(between, plate, strict=True))
    typed = typed.lower() if lower else typed.capitalize()
    assert indexes_of(Named.VEHICLE, typed, KEYS) == indexes_of(Named.VEHICLE, plate, KEYS) != set()


@often
@given(PLATES)
def test_a_plate_read_with_o_for_nought_and_i_for_one_is_the_same(plate: str) -> None:
    for misread in (plate.replace("O", "0"), plate.replace("0", "O"), plate.replace("I", "1"), plate.replace("1", "I")):
        if any(letter.isdigit() for letter in misread):
            assert forms_of(Named.VEHICLE, misread) == forms_of(Named.VEHICLE, plate)


@often
@given(PLATES, PLATES)
def test_two_plates_that_cannot_be_misread_for_one_another_differ(one: str, other: str) -> None:
    alike = one.translate(str.maketrans("OI", "01")) == other.translate(str.maketrans("OI", "01"))
    assert (indexes_of(Named.VEHICLE, one, KEYS) == indexes_of(Named.VEHICLE, other, KEYS)) == alike


@often
@given(st.text(alphabet=string.ascii_lowercase + string.digits, min_size=3, max_size=20))
def test_a_handle_is_the_same_with_its_at_or_as_an_address(name: str) -> None:
    for typed in (f"@{name}", name.upper(), f"https://www.example.com/{name}", f"example.com/@{name}/?hl=en"):
        assert indexes_of(Named.HANDLE, typed, KEYS) == indexes_of(Named.HANDLE, name, KEYS)


@often
@given(POSTCODES, st.booleans())
def test_a_postcode_is_found_in_an_address_with_and_without_its_space(postcode: str, spaced_out: bool) -> None:
    written = f"{postcode[:-3]} {postcode[-3:]}" if spaced_out else postcode
    in_address = indexes_of(Named.PLACE, f"12 Elm Road, Ely, {written.lower()}.", KEYS)
    assert indexes_of(Named.PLACE, postcode, KEYS) <= in_address


@pytest.mark.parametrize(("one", "other"), [
    ("12 Elm Road, Ely", "12, ELM RD ELY"),
    ("St Mary's Church", "Saint Mary’s  church"),
    ("The Mill Pond", "mill pond"),
    ("Café Río", "CAFÉ RÍO"),
])  # fmt: skip
def test_a_place_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert indexes_of(Named.PLACE, one, KEYS) == indexes_of(Named.PLACE, other, KEYS) != set()


def test_another_place_another_plate_another_name_differ() -> None:
    for kind, one, other in [
        (Named.PLACE, "12 Elm Road, Ely", "21 Elm Road, Ely"),
        (Named.VEHICLE, "AB12 CDE", "AB12 CDF"),
        (Named.HANDLE, "grey.heron", "grey.heron2"),
    ]:
        assert not indexes_of(kind, one, KEYS) & indexes_of(kind, other, KEYS)


@often
@given(PLATES)
def test_another_key_makes_another_index_and_so_does_another_kind(plate: str) -> None:
    assert not indexes_of(Named.VEHICLE, plate, KEYS) & indexes_of(Named.VEHICLE, plate, OTHER_KEYS)
    assert not indexes_of(Named.VEHICLE, plate, KEYS) & indexes_of(Named.HANDLE, plate, KEYS)


@often
@given(st.text(max_size=60), st.sampled_from(Named))
def test_whatever_is_typed_nothing_of_it_is_in_the_index(text: str, kind: Named) -> None:
    for index in indexes_of(kind, text, KEYS):
        assert len(index) == 64
        assert set(index) <= set("0123456789abcdef")
