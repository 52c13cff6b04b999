"""Volunteers' names are left out of what agencies get, and nothing else is; each that is left out is told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names import APOSTROPHES, MONTHS, ORDINARY_WORDS
from core.redaction import LEFT_OUT, ByHand, Person, Redaction
from tests.core.test_names import HYPHENS, SPACES


def reader(*full_names: str, by_hand: ByHand | None = None, first_names: bool = True, kept: str = "Paul") -> Redaction:
    people = [Person(name, name.split()[0]) for name in full_names]
    return Redaction(people, kept=[kept], first_names=first_names, by_hand=by_hand)


def redact(words: str, *full_names: str, by_hand: ByHand | None = None, first_names: bool = True) -> str:
    return str(reader(*full_names, by_hand=by_hand, first_names=first_names).read(words)).replace(LEFT_OUT, "[–]")


@pytest.mark.parametrize(
    ("full_name", "words", "expected"),
    [
        ("Ben O'Neill", "Ben O’Neill rang", "B. [–] rang"),
        ("Ben O’Neill", "Ben O'Neill rang", "B. [–] rang"),
        ("Ben O'Neill", "Ben O`Neill, Ben ONeill, Ben O Neill", "B. [–], B. [–], B. [–]"),
        ("Tom O'Neill-Park", "Tom O’Neill‑Park drove him home.", "T. [–] drove him home."),
        ("Tom O'Neill-Park", "Mrs O’Neill knows his street.", "Mrs [–] knows his street."),
        ("Tom O'Neill-Park", "Mr Park and Tom Park", "Mr [–] and T. [–]"),
        ("Tom O'Neill Park", "Tom O’Neill-Park; O’Neill\u00a0Park", "T. [–]; [–]"),
        ("Zoë Müller", "Zoe Muller and Zoë Müller", "Z. [–] and Z. [–]"),
        ("Łukasz Żak", "Lukasz Zak", "L. [–]"),
        ("Ida van der Berg", "Ida van der Berg, Mrs BERG, a van, Bergen", "I. [–], Mrs [–], a van, Bergen"),
        ("Ann McDonald", "Ann Mcdonald and Mc Donald", "A. [–] and [–]"),
        ("Tom Li", "Tom Li, Mr Li", "T. [–], Mr [–]"),
        ("Ben Ashby", "ben ashby, the Ashbys, Ashby’s car, BEN ASHBY", "B. [–], the [–]s, [–]’s car, B. [–]"),
        ("Ben Ashby", "Ask Ben. He knows.", "Ask B. He knows."),
        ("Dr Ben Ashby", "Dr Ashby, Ben", "Dr [–], B."),
        ("Ben Paul Ashby", "Paul said that Ben Paul Ashby came", "Paul said that B. [–] came"),
        ("Cher", "Cher came", "C. came"),
    ],
)
def test_a_name_is_left_out_however_it_is_typed(full_name: str, words: str, expected: str) -> None:
    for form in ("NFC", "NFD"):
        assert redact(unicodedata.normalize(form, words), full_name) == expected


EVIDENCE = "He watched young girls in the park on 12 May. A child waved. There was a Mark on his arm."


def test_ordinary_words_and_months_of_a_narrative_are_left_alone() -> None:
    assert redact(EVIDENCE, "Uma Young", "May Park", "Mark Child") == EVIDENCE


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("May Park drove him.", "M. [–] drove him."),
        ("Then Mark Child rang.", "Then M. [–] rang."),
        ("Mrs Young rang.", "Mrs [–] rang."),
        ("U. Young rang.", "U. [–] rang."),
        ("Uma rang Ms. Child.", "U. rang Ms. [–]."),
        ("12 May Park closed; May 12 Park; 3rd of May Park", "12 May Park closed; May 12 Park; 3rd of May Park"),
        ("They miss young people; mark child benefit.", "They miss young people; mark child benefit."),
    ],
)
def test_a_name_that_is_an_ordinary_word_goes_with_a_name_or_a_title_before_it(words: str, expected: str) -> None:
    assert redact(words, "Uma Young", "May Park", "Mark Child") == expected


def test_a_surname_in_small_letters_stays_and_is_pointed_at() -> None:
    names = reader("Sam Quayle")
    assert str(names.read("quayle said; the Quayles; Sam")) == f"quayle said; the {LEFT_OUT}s; S."
    assert [(find.written, count) for find, count in names.left_in] == [("quayle", 1)]
    assert [(find.written, count) for find, count in names.left_out] == [("Quayle", 1), ("Sam", 1)]


def test_a_place_keeps_its_name_and_is_pointed_at_unless_it_is_a_persons() -> None:
    names = reader("Ben Ashby", "Rose Hill")
    words = "He lives in Ashby Road, near Rose Lane and Ashby-Park School. Mrs Ashby came from Ashby; Rose Hill too."
    assert str(names.read(words)).replace(LEFT_OUT, "[–]") == (
        "He lives in Ashby Road, near Rose Lane and [–]-Park School. Mrs [–] came from [–]; R. [–] too."
    )
    assert [(find.written, count) for find, count in names.left_in] == [("Ashby", 1), ("Rose", 1)]


def test_what_is_put_back_stands_there_and_what_is_left_out_by_hand_does_not() -> None:
    by_hand = ByHand(frozenset({"surname:O’Neill"}), frozenset({"surname:Park", "surname:nobody"}))
    names = reader("Tom O'Neill-Park", by_hand=by_hand)
    assert str(names.read("Mrs O’Neill sat in the Park. Mr O’Neill too.")) == (
        f"Mrs O’Neill sat in the {LEFT_OUT}. Mr O’Neill too."
    )
    assert names.choices_by_hand() == {"put_back": ["surname:O’Neill"], "left_out": ["surname:Park"]}


def test_the_inner_circle_reads_first_names_and_no_surnames() -> None:
    assert redact("Ben Ashby and Ben", "Ben Ashby", first_names=False) == "Ben [–] and Ben"


NAMES = st.sampled_from(["Ashby", "O'Neill", "O'Neill-Park", "D'Souza", "Łoś-Müller", "Ŵyn Rees", "van der Berg"])


@given(
    NAMES,
    st.sampled_from(SPACES),
    st.sampled_from(HYPHENS),
    st.sampled_from(sorted(APOSTROPHES - {"´"})),
    st.sampled_from(["NFC", "NFD"]),
    st.booleans(),
)
def test_no_keyboard_brings_a_surname_through(
    surname: str, space: str, hyphen: str, apostrophe: str, form: str, loudly: bool
) -> None:
    typed = surname.replace(" ", space).replace("-", hyphen).replace("'", apostrophe)
    typed = unicodedata.normalize(form, typed.upper() if loudly else typed)
    assert str(reader(f"Tom {surname}").read(f"Then {typed} rang.")) == f"Then {LEFT_OUT} rang."


@given(st.text(alphabet="BenAshbytomO’'- .\n\u0301\u00a0Mrs12May", max_size=120), st.booleans())
def test_everything_but_the_names_stays_as_it_was(words: str, back: bool) -> None:
    names = reader("Ben Ashby", "May O'Neill-Park")
    line = names.read(words)
    rebuilt = "".join(piece.find.written if piece.find else piece.words for piece in line.pieces)
    assert rebuilt.replace(".", "") == words.replace(".", "")
    if back:
        every = ByHand(frozenset(find.key for find in names.found))
        assert str(reader("Ben Ashby", "May O'Neill-Park", by_hand=every).read(words)) == words


@given(st.text(max_size=200))
def test_a_text_without_their_names_is_not_touched(words: str) -> None:
    assert str(reader("Quentin Zzyzx").read(words)) == words or "q" in words.casefold() or "z" in words.casefold()


@given(st.sampled_from(sorted(ORDINARY_WORDS)))
def test_no_word_of_the_list_is_taken_out_of_a_sentence(word: str) -> None:
    name = f"Quentin {word.capitalize()}"
    for words in (f"He saw the {word}.", f"{word.capitalize()} it was.", f"The {word.capitalize()} was shut."):
        assert redact(words, name) == words


@given(st.sampled_from(sorted(MONTHS)), st.integers(1, 31))
def test_no_date_loses_its_month(month: str, day: int) -> None:
    for words in (f"on {day} {month.capitalize()} Park", f"on {month.capitalize()} {day}, 2026", f"{day}th of {month}"):
        assert redact(words, f"{month.capitalize()} Park") == words
