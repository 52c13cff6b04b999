"""Makes every PDF ("paper"), and loses no word.

A character that the fonts do not have is written as its name in square brackets, and the paper says so. A word too long
for its line is broken. The words are given to Typst as data and are never part of its program.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import Any

import emoji
import typst
from django.conf import settings

PAPERS = settings.ROOT / "templates" / "pdf"
NAMED = "What this paper has no letter for is written as its name in square brackets."
AS_THEY_ARE = frozenset({"hash"})
"""Our own fields, which people compare letter by letter: they are printed unchanged."""

LONG_WORD = re.compile(r"[^\s\u200b]{41,}")
BREAK = "\u200b"
BREAK_EVERY = 20

PICTURES = re.compile(r"[0-9#*]?[^\x00-\xff]{1,64}")
"""A stretch that may hold emoji. At most 64 characters are read as one, so that a long chain takes no long time."""

TURNS_THE_LINE_ROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def print_paper(paper: str, words: dict[str, Any]) -> bytes:
    """Make a PDF from a template of `templates/pdf`. Every text in `words` is made printable.

    The template is also given `named`: a sentence about names in square brackets, or nothing.
    """
    printable = _printable_data_of(words)
    named = NAMED if printable != words else ""
    data = _data_with_breaks({**printable, "named": named})
    return typst.compile(
        str(PAPERS / f"{paper}.typ"),
        root=str(PAPERS),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"words": json.dumps(data)},
    )


def printable_words(text: str) -> str:
    """The text, with each character that the fonts do not have replaced by its name."""
    if all(has_letter(letter) for letter in text):
        return text
    text = PICTURES.sub(lambda match: emoji.replace_emoji(match.group(), replace=_name_of_emoji), text)
    return "".join(letter if has_letter(letter) else f"[{_name_of_character(letter)}]" for letter in text)


def _name_of_emoji(characters: str, data: dict[str, str]) -> str:
    """The name of an emoji, such as [kitchen knife emoji]. What the fonts can show stays."""
    if all(has_letter(letter) for letter in characters):
        return characters
    name = data["en"].strip(":").replace("_", " ")
    return f"[{name} emoji]"


def _name_of_character(letter: str) -> str:
    """The name of a character, such as “Chinese character U+674E” or “Hiragana letter a”."""
    name = unicodedata.name(letter, "")
    if name.startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")):
        return f"Chinese character U+{ord(letter):04X}"
    return name.capitalize() if name else f"character U+{ord(letter):04X}"


def has_letter(letter: str) -> bool:
    """Whether the papers' fonts can show this character. A space or a line break counts as shown."""
    if letter in "\n\r\t" or letter == " ":
        return True
    if letter in TURNS_THE_LINE_ROUND:
        return False
    starts, ends = printable_ranges()
    place = bisect_right(starts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= ends[place]


@cache
def printable_ranges() -> tuple[list[int], list[int]]:
    """The first and the last character of each range that the fonts can show."""
    rows = [line.split("-") for line in (PAPERS / "letters.txt").read_text().split() if not line.startswith("#")]
    return [int(start, 16) for start, _ in rows], [int(end, 16) for _, end in rows]


def _printable_data_of(words: Any) -> Any:
    """The same data, with each text made printable."""
    if isinstance(words, dict):
        return {key: value if key in AS_THEY_ARE else _printable_data_of(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_printable_data_of(each) for each in words]
    return printable_words(words) if isinstance(words, str) else words


def _data_with_breaks(words: Any) -> Any:
    """The same data, with places to break in each word that is too long for a line."""
    if isinstance(words, dict):
        return {key: value if key in AS_THEY_ARE else _data_with_breaks(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_data_with_breaks(each) for each in words]
    return LONG_WORD.sub(_broken_word_of, words) if isinstance(words, str) else words


def _broken_word_of(match: re.Match[str]) -> str:
    word = match.group()
    return BREAK.join(word[start : start + BREAK_EVERY] for start in range(0, len(word), BREAK_EVERY))
