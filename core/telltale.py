"""Points out what may give somebody away in a narrative: full names, dates of birth, postcodes, telephone numbers.

It advises and never blocks: a page shows what it found and says "use initials" (domain.md 1.7). It is a pure
function of the words, so that it can be tried against any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


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


POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<![\w+])(?:\+44|0044|0)(?:[ \-.()]{0,2}[0-9]){9,10}(?![0-9])")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
BORN = re.compile(
    r"(?<![\w/.\-])(?:"
    r"[0-3]?[0-9][/.\-][01]?[0-9][/.\-](?:19|20)?[0-9]{2}"
    r"|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)? (?:{MONTHS})[a-z]*,? (?:19|20)[0-9]{{2}}"
    r")(?![\w/\-])",
    re.IGNORECASE,
)
WORD = r"[A-ZÀ-ÖØ-Þ](?:[’'][A-ZÀ-ÖØ-Þ])?[a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)?"
NAME = re.compile(rf"(?<![\w’'-]){WORD}(?:[ ](?:[A-Z]\.? )?{WORD})+(?![\w])")

ORDINARY = (
    "a after all also an and any as at before but by did do does each even for from had has have he her his how i if in "
    "it its last next no not of on one our probation she since so some still that the their then there they this those "
    "to today tomorrow tonight until was we were what when where which while who why with yes yesterday you your "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter new year bank holiday good boxing day eve "
    "street road lane avenue close park court church school college centre house station library hospital university "
    "north south east west great britain england scotland wales ireland united kingdom london "
    "alcoholics narcotics anonymous universal credit job food "
    "child person mr mrs ms miss dr"
)
NOT_NAMES = frozenset(ORDINARY.split())
"""Capitalised words that are no part of a name; a find needs two that are not here."""


def telltales(words: str, *, known: Iterable[str] = ()) -> list[Telltale]:
    """What in these words may give somebody away, in order. `known` are first names the circle uses."""
    found = [*by_pattern(words), *names(words, frozenset(name.casefold() for name in known))]
    return sorted(found, key=lambda one: (one.start, one.words))


def by_pattern(words: str) -> Iterator[Telltale]:
    """Dates before telephone numbers, so that a date written with points is not both."""
    dates = [match.span() for match in BORN.finditer(words)]
    for tells, pattern in ((Tells.BORN, BORN), (Tells.POSTCODE, POSTCODE), (Tells.TELEPHONE, TELEPHONE)):
        for match in pattern.finditer(words):
            if tells is Tells.TELEPHONE and any(match.start() < end and start < match.end() for start, end in dates):
                continue
            yield Telltale(tells, match.group(), match.start())


def names(words: str, known: frozenset[str]) -> Iterator[Telltale]:
    """Two capitalised words in a row, neither an ordinary word: a first name and a surname.

    A first name the circle uses stands alone without remark; with a surname behind it, it is a full name all the
    same, unless that too is a first name of the circle ("Ben Tom and Uma").
    """
    for match in NAME.finditer(words):
        run: list[re.Match[str]] = []
        for part in [*re.finditer(r"[^ ]+", match.group()), None]:
            if part is not None and not is_ordinary(part.group()):
                run.append(part)
                continue
            if is_full_name([one.group() for one in run], known):
                first, last = run[0].start(), run[-1].end()
                yield Telltale(Tells.NAME, match.group()[first:last], match.start() + first)
            run = []


def is_ordinary(word: str) -> bool:
    return word.casefold().strip(".") in NOT_NAMES


def is_full_name(run: list[str], known: frozenset[str]) -> bool:
    """At least two words of a name, not all of them the circle's own first names."""
    whole = [word for word in run if len(word.strip(".")) > 1]
    return len(whole) > 1 and not all(word.casefold() in known for word in whole)
