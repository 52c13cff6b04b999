"""Finds what may identify somebody in a narrative: full names, dates of birth, postcodes, telephone numbers.

It advises and never blocks: a page shows the finds and says "use initials" (domain.md 1.7). It is a pure
function of the words, so that tests can try it with any input.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.names import folded_name_of, plain_text_and_places_of


class Tells(StrEnum):
    NAME = "a full name"
    BORN = "a date of birth"
    POSTCODE = "a postcode"
    TELEPHONE = "a telephone number"


@dataclass(frozen=True)
class Telltale:
    """One find: what it looks like, its words, and where they begin."""

    tells: Tells
    words: str
    start: int


POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? {0,2}[0-9][ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)(?:[ \-.()]{0,2}[0-9]){9,14}|0(?:[ \-.()]{0,2}[0-9]){9,10})(?![0-9])")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
BORN = re.compile(
    r"(?<![\w/.\-])(?:"
    r"[0-3]?[0-9][/.\-][01]?[0-9][/.\-](?:19|20)?[0-9]{2}"
    r"|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)?(?: of)? (?:{MONTHS})[a-z]{{0,7}},? (?:19|20)[0-9]{{2}}"
    rf"|(?:{MONTHS})[a-z]{{0,7}} [0-3]?[0-9](?:st|nd|rd|th)?,? (?:19|20)[0-9]{{2}}"
    r")(?![\w/\-])",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
BETWEEN = re.compile(r"\.? {1,2}")
"""What stands between two words of a name; the full stop belongs to an initial."""

ORDINARY = (
    "a after all also an and any as at before but by did do does each even for from had has have he her his how i if in "
    "it its last next no not of on one our probation she since so some still that the their then there they this those "
    "to today tomorrow tonight until was we were what when where which while who why with yes yesterday you your "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter new year bank holiday good boxing day eve "
    "street road lane avenue close park court church school college centre house station library hospital university "
    "north south east west great britain england scotland wales ireland united kingdom london "
    "alcoholics narcotics anonymous universal credit job food "
    "child person mr mrs ms miss dr "
    "mappa shpo nhs hmp hmpps gcse bbc usa"
)
NOT_NAMES = frozenset(ORDINARY.split())
"""Capitalised words that are not part of a name. A full name needs two words that are not in this list."""


def telltales_in(words: str, *, known: Iterable[str] = ()) -> list[Telltale]:
    """What may identify somebody in these words, in order. `known` are first names the circle uses.

    The words are read as names are compared: without accents, with one kind of space, hyphen and apostrophe.
    """
    text, places = plain_text_and_places_of(words)
    places_found = [*_pattern_matches_in(text), *_full_names_in(text, frozenset(map(folded_name_of, known)))]
    telltales = [
        Telltale(tells, words[places[start] : places[end]], places[start]) for tells, start, end in places_found
    ]
    return sorted(telltales, key=lambda telltale: (telltale.start, telltale.words))


def _pattern_matches_in(text: str) -> Iterator[tuple[Tells, int, int]]:
    """Dates of birth, postcodes and telephone numbers. A date written with points is not a telephone number too."""
    dates = [match.span() for match in BORN.finditer(text)]
    starts = [start for start, _ in dates]
    for tells, pattern in ((Tells.BORN, BORN), (Tells.POSTCODE, POSTCODE), (Tells.TELEPHONE, TELEPHONE)):
        for match in pattern.finditer(text):
            before = bisect_left(starts, match.end())
            if tells is Tells.TELEPHONE and before and match.start() < dates[before - 1][1]:
                continue
            yield tells, *match.span()


def _full_names_in(text: str, known: frozenset[str]) -> Iterator[tuple[Tells, int, int]]:
    """Two capitalised words in a row, neither an ordinary word: a first name and a surname.

    A first name that the circle uses is fine alone. With a surname after it, it is a full name, unless the second
    word is also a first name of the circle ("Ben Tom and Uma").
    """
    for run in _rows_of_capitals_in(text):
        if _is_full_name([name for name, _, _ in run], known):
            yield Tells.NAME, run[0][1], run[-1][2]


def _rows_of_capitals_in(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Rows of capitalised words with only a space between them. An initial may stand inside a row, not at its end."""
    run: list[tuple[str, int, int]] = []
    for match in WORD.finditer(text):
        word = match.group().removesuffix("'s").removesuffix("'S")
        start, end = match.start(), match.start() + len(word)
        if run and not BETWEEN.fullmatch(text, run[-1][2], start):
            yield _without_outer_initials(run)
            run = []
        if _is_capitalised(word) and not _is_ordinary(word):
            run.append((word, start, end))
        elif run:
            yield _without_outer_initials(run)
            run = []
    yield _without_outer_initials(run)


def _without_outer_initials(run: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The row from its first whole word to its last, without the initials outside them."""
    whole = [number for number, (word, _, _) in enumerate(run) if len(word) > 1]
    return run[whole[0] : whole[-1] + 1] if whole else []


def _is_capitalised(word: str) -> bool:
    """Whether a word begins with a capital letter, of any alphabet. Two capitals alone are an abbreviation."""
    return word[0].isupper() and not (len(word) == 2 and word.isupper())


def _is_ordinary(word: str) -> bool:
    return folded_name_of(word) in NOT_NAMES


def _is_full_name(run: list[str], known: frozenset[str]) -> bool:
    """Whether these are at least two words of a name, not all of them first names that the circle uses."""
    whole = [word for word in run if len(word) > 1]
    return len(whole) > 1 and not all(folded_name_of(word) in known for word in whole)
