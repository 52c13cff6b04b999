"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.telephones import LONGEST, home_number_of, mobile_of, readable_number_of, stored_number_of

FAMILIAR = [
    "07700 900123",
    "+44 (0)7700 900123",
    "+44 7700 900123",
    "447700900123",
    "0044 7700 900123",
    "00 44 (0) 7700 900123",
    "tel:07700900123",
    "tel:+447700900123",
    "7700900123",
    "07700–900–123",
    "07700\u00a0900\u2009123",
    "(07700) 900-123",
    "07700.900.123",
    "０７７００ ９００１２３",
    "\u202a+447700900123\u202c",
    "Mobile: 07700 900123",
    "+44\u20117700\u2011900123",
]


@pytest.mark.parametrize("written", FAMILIAR)
def test_any_familiar_form_is_the_same_mobile(written: str) -> None:
    assert mobile_of(written) == "+447700900123"
    assert readable_number_of(str(stored_number_of(written))) == "07700 900123"


@pytest.mark.parametrize(
    "written", ["070 1234 5678", "076 1234 5678", "01480 456111", "0800 555 111", "07700 900123 ext 4", "101"]
)
def test_what_texts_do_not_reach_is_no_mobile(written: str) -> None:
    assert mobile_of(written) is None
    assert stored_number_of(written) is not None


@pytest.mark.parametrize("written", ["07624 123456", "+353 87 123 4567", "+1 202 555 0123"])
def test_a_mobile_of_the_isle_of_man_or_from_abroad_is_one(written: str) -> None:
    assert mobile_of(written) is not None


@pytest.mark.parametrize(
    ("written", "stands", "read"),
    [
        ("01480 456111 ext 8001234", "+441480456111;ext=8001234", "01480 456111 ext 8001234"),
        ("+44 1480 456111 x8001234", "+441480456111;ext=8001234", "01480 456111 ext 8001234"),
        ("101 ext. 8001234", "101;ext=8001234", "101 ext 8001234"),
        ("101", "101", "101"),
        ("+353 1 234 5678", "+35312345678", "+353 1 234 5678"),
    ],
)
def test_a_number_keeps_its_extension(written: str, stands: str, read: str) -> None:
    assert stored_number_of(written) == stands
    assert readable_number_of(stands) == read
    assert stored_number_of(read) == stands
    assert len(stands) <= LONGEST


@pytest.mark.parametrize(
    "written", ["", "abc", "07700 9001234", "07700 900123 / 07700 900124", "9" * 5000, "+", "ext 12", "12"]
)
def test_what_is_no_number_is_none(written: str) -> None:
    assert stored_number_of(written) is None


def test_a_link_rings_what_was_written() -> None:
    assert home_number_of("01632 960 999") == "01632960999"
    assert home_number_of("+44 (0)1632 960999") == "01632960999"


@given(st.text(alphabet="0123456789 +-()x.;ext", max_size=70))
def test_what_is_kept_is_read_back_as_the_same(written: str) -> None:
    number = stored_number_of(written)
    if number is not None:
        assert len(number) <= LONGEST
        assert stored_number_of(readable_number_of(number)) == number or not number.startswith("+44")
