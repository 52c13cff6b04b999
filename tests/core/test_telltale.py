"""Names, dates of birth, postcodes and telephone numbers are pointed out in a narrative."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names import plain_form_of
from core.telltale import Tells, telltales_in
from tests.core.test_names import SPACES


def findings_in(words: str, *known: str) -> list[tuple[str, str]]:
    return [(one.tells.name, one.words) for one in telltales_in(words, known=known)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He met Peter Smith at the shop.", [("NAME", "Peter Smith")]),
        ("Yesterday Peter Smith rang.", [("NAME", "Peter Smith")]),
        ("He named Mary Anne O’Brien twice.", [("NAME", "Mary Anne O’Brien")]),
        ("Mrs Jean Holloway-Price saw him.", [("NAME", "Jean Holloway-Price")]),
        ("His neighbour José Álvarez helped.", [("NAME", "José Álvarez")]),
        ("Born 14/03/1981.", [("BORN", "14/03/1981")]),
        ("Her birthday is 3 May 2015.", [("BORN", "3 May 2015")]),
        ("1981-03-14 is in the letter", [("BORN", "1981-03-14")]),
        ("He moved to CB7 4EP last week", [("POSTCODE", "CB7 4EP")]),
        ("at cb74ep", [("POSTCODE", "cb74ep")]),
        ("His number is 07700 900123.", [("TELEPHONE", "07700 900123")]),
        ("+44 7700 900123", [("TELEPHONE", "+44 7700 900123")]),
        ("01353-664 000 x", [("TELEPHONE", "01353-664 000")]),
        ("(01353) 664000", [("TELEPHONE", "01353) 664000")]),
        ("He met Peter\u00a0Smith.", [("NAME", "Peter\u00a0Smith")]),
        ("He met JOHN SMITH.", [("NAME", "JOHN SMITH")]),
        ("JOHN O’BRIEN’S car", [("NAME", "JOHN O’BRIEN")]),
        ("With Siân Ŵyn and Łukasz Żak.", [("NAME", "Siân Ŵyn"), ("NAME", "Łukasz Żak")]),
        ("И Пётр Иванов тоже.", [("NAME", "Пётр Иванов")]),
        ("Then Jean Holloway\u2011Price rang.", [("NAME", "Jean Holloway\u2011Price")]),
        ("Ronald McDonald rang.", [("NAME", "Ronald McDonald")]),
        ("Peter J. Smith’s dog", [("NAME", "Peter J. Smith")]),
        ("ring +44 (0)7700 900123 now", [("TELEPHONE", "+44 (0)7700 900123")]),
        ("07700\u00a0900\u00a0123", [("TELEPHONE", "07700\u00a0900\u00a0123")]),
        ("07700\u2013900\u2013123", [("TELEPHONE", "07700\u2013900\u2013123")]),
        ("0044 7700 900123, +353 85 012 3456", [("TELEPHONE", "0044 7700 900123"), ("TELEPHONE", "+353 85 012 3456")]),
        ("at CB7\u00a04EP", [("POSTCODE", "CB7\u00a04EP")]),
        ("3\u00a0May\u00a02015", [("BORN", "3\u00a0May\u00a02015")]),
        ("on the 3rd of May 2015, or May 3, 2015", [("BORN", "3rd of May 2015"), ("BORN", "May 3, 2015")]),
    ],
)
def test_what_gives_somebody_away_is_found(words: str, expected: list[tuple[str, str]]) -> None:
    assert findings_in(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "He saw his sister on Sunday. She was well.",
        "P.S. went with J. to the allotment.",
        "Last Monday Christmas Day came up.",
        "On Tuesday Universal Credit stopped.",
        "He went to Alcoholics Anonymous in East London.",
        "We met at 18.30 and ended at 20.00 with 12 people, £140.",
        "Child A and Person B were mentioned.",
        "The GP and the NHS HMP team rang; TV was on.",
        "",
    ],
)
def test_ordinary_words_are_left_alone(words: str) -> None:
    assert findings_in(words) == []


def test_the_circles_first_names_are_no_find_and_a_surname_behind_one_is() -> None:
    assert findings_in("Then Ben Tom Uma laughed.", "Ben", "Tom", "Uma") == []
    assert findings_in("Then Ben Ashby laughed.", "Ben", "Tom") == [("NAME", "Ben Ashby")]


def test_finds_come_in_the_order_of_the_words() -> None:
    words = "Peter Smith, CB7 4EP, 07700 900123, born 14/03/1981"
    assert [one.tells for one in telltales_in(words)] == [Tells.NAME, Tells.POSTCODE, Tells.TELEPHONE, Tells.BORN]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_mark_of_its_own_hides_no_name(form: str) -> None:
    words = unicodedata.normalize(form, "He met José Álvarez there.")
    assert findings_in(words) == [("NAME", unicodedata.normalize(form, "José Álvarez"))]


CAPITAL = st.characters(categories=["Lu"]).filter(
    lambda letter: len(plain_form_of(letter)) == 1 and plain_form_of(letter).isupper()
)


@given(CAPITAL, CAPITAL, st.sampled_from(SPACES))
def test_any_alphabet_with_capitals_has_names(first: str, last: str, space: str) -> None:
    name = f"{first}qxa{space}{last}qxo"
    assert findings_in(f"er, {name}, er") == [("NAME", name)]


@given(st.text(max_size=300))
def test_any_words_at_all_are_read_and_every_find_stands_where_it_says(words: str) -> None:
    for one in telltales_in(words):
        assert words[one.start : one.start + len(one.words)] == one.words


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.", max_size=300))
def test_small_letters_alone_name_nobody(words: str) -> None:
    assert telltales_in(words) == []


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2030, 1, 1)))
def test_every_day_written_in_figures_is_found(day: object) -> None:
    assert [one.tells for one in telltales_in(f"born {day:%d/%m/%Y}, they say")] == [Tells.BORN]


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_every_mobile_number_is_found(rest: str) -> None:
    assert Tells.TELEPHONE in {one.tells for one in telltales_in(f"ring 07{rest} soon")}


@given(st.lists(st.sampled_from(["Ben", "Tom", "Uma"]), min_size=1, max_size=6))
def test_no_row_of_the_circles_first_names_is_a_find(row: list[str]) -> None:
    assert telltales_in(" ".join(row), known=["Ben", "Tom", "Uma"]) == []
