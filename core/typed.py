"""Cleans what people type, before any form or operation reads it.

A line of text (a name, a number, a code, an e-mail address) is normalised; narrative keeps its words. Invisible
characters are removed from both, so that a text of only invisible characters is empty.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget

FILLERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f"
"""Letters and marks that show nothing, though Unicode counts them as visible."""

JOINERS = "\u200c\u200d\ufe0e\ufe0f"
"""They join letters of Persian and the parts of an emoji, so narrative keeps them unless nothing visible is beside them."""

INVISIBLE = (
    f"\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180b-\u180f\u200b\u200e-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    f"\ufdd0-\ufdef\ud800-\udfff\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff{FILLERS}"
)
ALL_INVISIBLE = re.compile(f"[{INVISIBLE}{JOINERS}\ufe00-\ufe0f\\U0001fffe-\\U0001ffff\ufffe\uffff]")
"""Control, format, filler and variation characters, halves of pairs, and code points that are no characters."""

INVISIBLE_IN_NARRATIVE = re.compile(f"[{INVISIBLE}\ufe00-\ufe0d\\U0001fffe-\\U0001ffff\ufffe\uffff]")
LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SMALL_FIGURES = re.compile("([\xb2\xb3\xb9\xbc-\xbe\u2070-\u209c\u2150-\u215f\u2189\u2460-\u249b])")
DASHES = "\\-\u058a\u05be\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"}
"""Alphabets that have letters in common by their looks."""


def line_of(text: str) -> str:
    """A line of text, normalised: NFKC, nothing invisible, single spaces. Fractions stay: 10½ does not become 101⁄2."""
    text = ALL_INVISIBLE.sub("", LINE_BREAKS.sub(" ", text))
    parts = (
        part if unicodedata.category(part[0]) == "No" else unicodedata.normalize("NFKC", part)
        for part in SMALL_FIGURES.split(text)
        if part
    )
    text = ALL_INVISIBLE.sub("", "".join(parts))
    return "" if is_blank(text) else " ".join(text.split())


def narrative_of(text: str) -> str:
    """A narrative as it was written, with composed letters, ordinary spaces and line breaks, and nothing invisible."""
    text = SPACES.sub(" ", LINE_BREAKS.sub("\n", text))
    text = unicodedata.normalize("NFC", INVISIBLE_IN_NARRATIVE.sub("", text))
    return "" if is_blank(text) else text


def is_blank(text: str) -> bool:
    """Whether nothing in the text is visible: no letter, number, sign or symbol."""
    return not any(unicodedata.category(letter)[0] in "LNPS" for letter in ALL_INVISIBLE.sub("", text))


def code_of(text: str) -> str:
    """A code without the spaces and dashes that were typed or copied with it."""
    return re.sub(rf"[\s{DASHES}]", "", line_of(text))


def alphabets_of(text: str) -> set[str]:
    """Which of the alphabets that look alike have letters in this text."""
    letters = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    return ALIKE & set(letters)


def clean_input(widget: forms.Widget, value: Any) -> Any:
    """Clean what one part of a form sent. A password is taken as it is; choices and hidden fields lose only NULs."""
    if isinstance(value, list | tuple):
        return [clean_input(widget, part) for part in value]
    if not isinstance(value, str) or isinstance(widget, forms.PasswordInput):
        return value
    if isinstance(widget, ChoiceWidget | forms.HiddenInput):
        return value.replace("\x00", "")
    return narrative_of(value) if isinstance(widget, forms.Textarea) else line_of(value)
