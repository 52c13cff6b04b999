"""Finds people's names in a text, and takes them out: surnames are left out, first names become initials.

Everything that agencies are given passes here. Nothing is left out silently: `Redaction.found` lists the names that were
left out, and the words that may be names and stayed. Whoever shares the text can change either by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from core.names import (
    MONTHS,
    SHORTEST,
    folded_name_of,
    is_ordinary_word,
    letters_of,
    names_of,
    pattern_of_name,
    plain_text_and_places_of,
)

LEFT_OUT = "[surname left out]"

TITLE = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|rev|prof|sir|dame)\.?[ \n]{1,2}$", re.IGNORECASE)
INITIAL = re.compile(r"(?<![^\W\d_])([^\W\d_])\.[ \n]{0,2}$")
DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?,?[ \n]{1,2}$", re.IGNORECASE)
DAY_AFTER = re.compile(r",?[ \n]{0,2}\d")
PLACE_AFTER = re.compile(
    r"[ \n]{1,2}(?:Road|Rd|Street|St|Lane|Avenue|Ave|Close|Drive|Court|Crescent|Gardens|Place|Square|Terrace|Way|Hill|Row|"
    r"Park|School|Academy|College|Church|House|Hall|Farm|Bridge|Station|Hospital|Wood|Woods|Green|Common|Centre|Library)\b"
)
"""What follows a name that is part of a place: “Ashby Road”."""

BESIDE = 24
"""How many characters before a name are looked at."""


class Kind(StrEnum):
    SURNAME = "surname"
    FIRST_NAME = "first name"


@dataclass(frozen=True)
class Person:
    """Somebody whose names are looked for."""

    full_name: str
    first_name: str


@dataclass(frozen=True)
class Find:
    """A name as the text writes it. `by_rule`: it is left out unless somebody puts it back."""

    kind: Kind
    written: str
    by_rule: bool

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.written}"

    @property
    def replacement(self) -> str:
        return LEFT_OUT if self.kind == Kind.SURNAME else f"{self.written[:1].upper()}."


def kind_and_name_in(key: str) -> tuple[str, str]:
    """From a find's key: the kind of name, and the name as the text writes it."""
    kind, _, written = key.partition(":")
    return kind, written


@dataclass(frozen=True)
class RedactedPiece:
    """A stretch of a text as it goes out. `find` is the name that stands or stood there, if any."""

    words: str
    find: Find | None = None

    @property
    def is_left_out(self) -> bool:
        return self.find is not None and self.words != self.find.written


@dataclass(frozen=True)
class RedactedLine:
    """One line or paragraph as it goes out; its `str` is exactly those words."""

    pieces: tuple[RedactedPiece, ...]

    @classmethod
    def of(cls, words: str) -> Self:
        """A line of our own words, in which no name is looked for."""
        return cls((RedactedPiece(words),)) if words else cls(())

    def __str__(self) -> str:
        return "".join(piece.words for piece in self.pieces)

    def __add__(self, other: RedactedLine) -> RedactedLine:
        return RedactedLine(self.pieces + other.pieces)


@dataclass(frozen=True)
class ByHand:
    """The names for which whoever shares decided against the rule, by their finds' keys."""

    put_back: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    @classmethod
    def from_record(cls, value: dict[str, list[str]]) -> Self:
        """The choices that a record holds."""
        return cls(frozenset(value.get("put_back", ())), frozenset(value.get("left_out", ())))

    def leaves_out(self, find: Find) -> bool:
        return find.key not in self.put_back if find.by_rule else find.key in self.left_out


@dataclass
class _Name:
    """A name or one word of it. `needs_company`: it counts as a name for certain only beside another name."""

    kinds: set[Kind] = field(default_factory=set)
    needs_company: bool = False
    initials: set[str] = field(default_factory=set)


class Redaction:
    """Reads texts and counts the names it finds. It is given everybody whose names must not go out."""

    def __init__(
        self,
        people: Iterable[Person],
        *,
        kept: Iterable[str] = (),
        first_names: bool = True,
        by_hand: ByHand | None = None,
    ) -> None:
        """`kept` are names that stay, such as what the circle calls the core member."""
        self.by_hand = by_hand or ByHand()
        self.found: Counter[Find] = Counter()
        self.shortens_first_names = first_names
        self._kept = {letters_of(name) for name in kept}
        self._names: dict[str, _Name] = {}
        self._pattern = self._pattern_of(list(people))

    def read(self, words: str) -> RedactedLine:
        """The words as they go out. The names in them are counted in `found`."""
        line = RedactedLine(tuple(self._pieces(words)))
        self.found.update(piece.find for piece in line.pieces if piece.find is not None)
        return line

    @property
    def left_out(self) -> list[tuple[Find, int]]:
        """The names that the rule leaves out, and how often each stands in the texts."""
        return [(find, count) for find, count in self.found.items() if find.by_rule]

    @property
    def left_in(self) -> list[tuple[Find, int]]:
        """The words that may be names and stay, and how often each stands in the texts."""
        return [(find, count) for find, count in self.found.items() if not find.by_rule]

    def choices_by_hand(self) -> dict[str, list[str]]:
        """The decisions by hand about names that were found, as a record holds them."""
        chosen = {"put_back": self.by_hand.put_back, "left_out": self.by_hand.left_out}
        keys = {"put_back": {find.key for find, _ in self.left_out}, "left_out": {find.key for find, _ in self.left_in}}
        return {name: sorted(keys[name] & chosen[name]) for name in chosen if keys[name] & chosen[name]}

    def _pattern_of(self, people: list[Person]) -> re.Pattern[str] | None:
        """One pattern for everybody's names, the longest name first."""
        written: dict[str, str] = {}
        for person in people:
            surnames, firsts = names_of(person.full_name, person.first_name)
            for name in surnames:
                self._add(name, Kind.SURNAME, written, firsts)
            for name in firsts:
                self._add(name, Kind.FIRST_NAME, written, firsts)
        if not written:
            return None
        longest_first = sorted(written.items(), key=lambda item: (-len(item[0]), item[0]))
        return re.compile(  # one for these people
            rf"(?<![^\W\d_])(?P<name>{'|'.join(pattern for _, pattern in longest_first)})(?P<more>(?:e?s)?)(?![^\W\d_])",
            re.IGNORECASE,
        )

    def _add(self, name: str, kind: Kind, written: dict[str, str], firsts: set[str]) -> None:
        key = letters_of(name)
        if not key or (kind == Kind.FIRST_NAME and key in self._kept):
            return
        known = self._names.setdefault(key, _Name())
        known.kinds.add(kind)
        known.initials |= {first[:1].casefold() for first in firsts}
        known.needs_company = (
            is_ordinary_word(name) or key in self._kept or (len(key) < SHORTEST and kind == Kind.SURNAME)
        )
        written[key] = pattern_of_name(name)

    def _pieces(self, words: str) -> Iterator[RedactedPiece]:
        """The text in pieces: each find, and the unchanged words between two finds."""
        text, places = plain_text_and_places_of(words)
        done = 0
        for find, start, end in self._finds(words, text, places):
            if start > done:
                yield RedactedPiece(words[done:start])
            written = words[start:end]
            if not self.by_hand.leaves_out(find):
                yield RedactedPiece(written, find)
            else:
                yield RedactedPiece(find.replacement, find)
                if find.kind == Kind.FIRST_NAME and words[end : end + 1] == ".":
                    end += 1  # the initial brings its own full stop
            done = end
        if done < len(words):
            yield RedactedPiece(words[done:])

    def _finds(self, words: str, text: str, places: list[int]) -> Iterator[tuple[Find, int, int]]:
        """Every name, with its start and end in the words as they were typed."""
        matches = [match for match in self._pattern.finditer(text) if self._is_whole(match)] if self._pattern else []
        for number, match in enumerate(matches):
            after = matches[number + 1] if number + 1 < len(matches) else None
            before = matches[number - 1] if number else None
            judged = self._judge(text, before, match, after)
            if judged is not None:
                kind, by_rule = judged
                start, end = places[match.start("name")], places[match.end("name")]
                yield Find(kind, words[start:end], by_rule), start, end

    def _is_whole(self, match: re.Match[str]) -> bool:
        """Whether a match is a whole name. With an s at its end it must be a surname: “Ashbys”, but not “Bens”."""
        return not match["more"] or Kind.SURNAME in self._names[letters_of(match["name"])].kinds

    def _judge(
        self, text: str, before: re.Match[str] | None, match: re.Match[str], after: re.Match[str] | None
    ) -> tuple[Kind, bool] | None:
        """The kind of name, and whether the rule leaves it out. None for a month in a date or an ordinary word."""
        name = self._names[letters_of(match["name"])]
        if _is_dated(text, match):
            return None
        beside = text[max(0, match.start() - BESIDE) : match.start()]
        titled = TITLE.search(beside) is not None
        initial = INITIAL.search(beside)
        led = (
            titled
            or (initial is not None and initial[1].casefold() in name.initials)
            or (before is not None and self._is_beside(text, before, match, Kind.FIRST_NAME))
        )
        follows = after is not None and self._is_beside(text, match, after, Kind.FIRST_NAME, Kind.SURNAME)
        kind = Kind.FIRST_NAME if Kind.FIRST_NAME in name.kinds and (follows or not led) else Kind.SURNAME
        if kind not in name.kinds:
            kind = next(iter(name.kinds))
        if kind == Kind.FIRST_NAME and not self.shortens_first_names:
            return None
        capital = any(letter.isupper() for letter in match["name"])
        if capital and not led and not follows and PLACE_AFTER.match(text, match.end()):
            return kind, False
        sure = led if kind == Kind.SURNAME else follows or titled
        if not name.needs_company:
            return kind, capital or sure
        if not capital:
            return (kind, False) if titled else None
        return kind, sure

    def _is_beside(self, text: str, left: re.Match[str], right: re.Match[str], *kinds: Kind) -> bool:
        """Whether a first name and a surname stand side by side. If either is an ordinary word, both need capitals."""
        first, last = self._names[letters_of(left["name"])], self._names[letters_of(right["name"])]
        between = text[left.end() : right.start()]
        if not between or len(between) > 2 or between.strip(" \n") or _is_dated(text, left):
            return False
        if Kind.FIRST_NAME not in first.kinds or Kind.SURNAME not in last.kinds:
            return False
        both_capital = left["name"][0].isupper() and any(letter.isupper() for letter in right["name"])
        return both_capital or not (first.needs_company or last.needs_company)


def _is_dated(text: str, match: re.Match[str]) -> bool:
    """Whether the name is a month with a day beside it: “12 May”."""
    if folded_name_of(match["name"]) not in MONTHS:
        return False
    beside = text[max(0, match.start() - BESIDE) : match.start()]
    return DAY_BEFORE.search(beside) is not None or DAY_AFTER.match(text, match.end()) is not None
