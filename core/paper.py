"""Every paper is set here: words become a PDF, and none of them is lost on the way.

What the paper's letters cannot show is written as its name in square brackets, and the paper says so. A word too long
for its line is broken. The words arrive as data and are never part of the typesetter's program.
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
"""Words of ours that are compared letter by letter."""

LONG_WORD = re.compile(r"[^\s\u200b]{41,}")
BREAK = "\u200b"
BREAK_EVERY = 20

PICTURES = re.compile(r"[0-9#*]?[^\x00-\xff]{1,64}")
"""A stretch in which pictures may stand; of a chain without an end only so much is read as one."""

TURNS_THE_LINE_ROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def print_paper(paper: str, words: dict[str, Any]) -> bytes:
    """Set a paper of `templates/pdf`. Every text in `words` is made printable; `named` says what was done to them."""
    printable = _all_printable(words)
    named = NAMED if printable != words else ""
    data = _with_breaks({**printable, "named": named})
    return typst.compile(
        str(PAPERS / f"{paper}.typ"),
        root=str(PAPERS),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"words": json.dumps(data)},
    )


def printable_words(text: str) -> str:
    """The text, with the name of each character in the place of what has no letter here."""
    if all(has_letter(letter) for letter in text):
        return text
    text = PICTURES.sub(lambda match: emoji.replace_emoji(match.group(), replace=_name_of_emoji), text)
    return "".join(letter if has_letter(letter) else f"[{name_of_character(letter)}]" for letter in text)


def _name_of_emoji(characters: str, data: dict[str, str]) -> str:
    """[kitchen knife emoji]; what the paper has a letter for stays."""
    if all(has_letter(letter) for letter in characters):
        return characters
    name = data["en"].strip(":").replace("_", " ")
    return f"[{name} emoji]"


def name_of_character(letter: str) -> str:
    """What a character is called: “Chinese character U+674E”, “Hiragana letter a”."""
    name = unicodedata.name(letter, "")
    if name.startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")):
        return f"Chinese character U+{ord(letter):04X}"
    return name.capitalize() if name else f"character U+{ord(letter):04X}"


def has_letter(letter: str) -> bool:
    """The fonts of the papers show this character, or it is one that shows nothing."""
    if letter in "\n\r\t" or letter == " ":
        return True
    if letter in TURNS_THE_LINE_ROUND:
        return False
    starts, ends = letters_of_the_papers()
    place = bisect_right(starts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= ends[place]


@cache
def letters_of_the_papers() -> tuple[list[int], list[int]]:
    """Where each row of characters that the fonts show begins and ends."""
    rows = [line.split("-") for line in (PAPERS / "letters.txt").read_text().split() if not line.startswith("#")]
    return [int(start, 16) for start, _ in rows], [int(end, 16) for _, end in rows]


def _all_printable(words: Any) -> Any:
    """The same data, each text in it printable."""
    if isinstance(words, dict):
        return {key: value if key in AS_THEY_ARE else _all_printable(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_all_printable(each) for each in words]
    return printable_words(words) if isinstance(words, str) else words


def _with_breaks(words: Any) -> Any:
    """The same data, where a word too long for a line may be broken anywhere."""
    if isinstance(words, dict):
        return {key: value if key in AS_THEY_ARE else _with_breaks(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_with_breaks(each) for each in words]
    return LONG_WORD.sub(_broken, words) if isinstance(words, str) else words


def _broken(match: re.Match[str]) -> str:
    word = match.group()
    return BREAK.join(word[start : start + BREAK_EVERY] for start in range(0, len(word), BREAK_EVERY))
