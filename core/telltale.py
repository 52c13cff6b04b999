"""Points out what may give somebody away in a narrative: full names, dates of birth, postcodes, telephone numbers.

It advises and never blocks: a page shows what it found and says "use initials" (domain.md 1.7). It is a pure
function of the words, so that it can be tried against any input.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.names import folded, plain_with_places


class Tells(StrEnum):
    NAME = "a full name"
    BORN = "a date of birth"
    POSTCODE = "a postcode"
    TELEPHONE = "a telephone number"


@dataclass(frozen=True)
class Telltale:
    """One find: what it looks like, the words themselves and where they begin."""

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
"""Capitalised words that are no part of a name; a find needs two that are not here."""


def telltales(words: str, *, known: Iterable[str] = ()) -> list[Telltale]:
    """What in these words may give somebody away, in order. `known` are first names the circle uses.

    The words are read as names are compared: without marks, with one kind of space, hyphen and apostrophe.
    """
    text, places = plain_with_places(words)
    finds = [*by_pattern(text), *names(text, frozenset(map(folded, known)))]
    found = [Telltale(tells, words[places[start] : places[end]], places[start]) for tells, start, end in finds]
    return sorted(found, key=lambda one: (one.start, one.words))


def by_pattern(text: str) -> Iterator[tuple[Tells, int, int]]:
    """Dates before telephone numbers, so that a date written with points is not both."""
    dates = [match.span() for match in BORN.finditer(text)]
    starts = [start for start, _ in dates]
    for tells, pattern in ((Tells.BORN, BORN), (Tells.POSTCODE, POSTCODE), (Tells.TELEPHONE, TELEPHONE)):
        for match in pattern.finditer(text):
            before = bisect_left(starts, match.end())
            if tells is Tells.TELEPHONE and before and match.start() < dates[before - 1][1]:
                continue
            yield tells, *match.span()


def names(text: str, known: frozenset[str]) -> Iterator[tuple[Tells, int, int]]:
    """Two capitalised words in a row, neither an ordinary word: a first name and a surname.

    A first name the circle uses stands alone without remark; with a surname behind it, it is a full name all the
    same, unless that too is a first name of the circle ("Ben Tom and Uma").
    """
    for run in rows_of_capitals(text):
        if is_full_name([name for name, _, _ in run], known):
            yield Tells.NAME, run[0][1], run[-1][2]


def rows_of_capitals(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Capitalised words with nothing but a space between them. An initial may stand among them, not at an end."""
    run: list[tuple[str, int, int]] = []
    for match in WORD.finditer(text):
        word = match.group().removesuffix("'s").removesuffix("'S")
        start, end = match.start(), match.start() + len(word)
        if run and not BETWEEN.fullmatch(text, run[-1][2], start):
            yield without_initials(run)
            run = []
        if is_capitalised(word) and not is_ordinary(word):
            run.append((word, start, end))
        elif run:
            yield without_initials(run)
            run = []
    yield without_initials(run)


def without_initials(run: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The row from its first whole word to its last."""
    whole = [number for number, (word, _, _) in enumerate(run) if len(word) > 1]
    return run[whole[0] : whole[-1] + 1] if whole else []


def is_capitalised(word: str) -> bool:
    """It begins with a capital letter, of any alphabet. Two capitals alone are an abbreviation."""
    return word[0].isupper() and not (len(word) == 2 and word.isupper())


def is_ordinary(word: str) -> bool:
    return folded(word) in NOT_NAMES


def is_full_name(run: list[str], known: frozenset[str]) -> bool:
    """At least two words of a name, not all of them the circle's own first names."""
    whole = [word for word in run if len(word) > 1]
    return len(whole) > 1 and not all(folded(word) in known for word in whole)
