"""References that people can read aloud, such as C-0142, and the URL converter for them."""

from __future__ import annotations

import re
import secrets
from typing import TypeVar

from django.db import models

from core.typed import DASHES, line_of

Row = TypeVar("Row", bound=models.Model)

LONGEST = 40
"""How many characters are read of a text that should be a reference."""

# No vowels, so that no word can form; no 0/O, 1/I/L, 5/S, 8/B, 2/Z, U/V pairs that are misheard or misread.
ALPHABET = "34679CDFGHJKMNPQRTX"


def check_letter_for(text: str) -> str:
    """The check letter of a reference. It catches one wrong letter, and two neighbours that changed places."""
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(text))
    return ALPHABET[total % len(ALPHABET)]


def new_reference(prefix: str, length: int = 5) -> str:
    """A new random reference such as K-7M4QX, which says nothing of order, date or person.

    The last letter is a check letter. There are 19 to the power of `length - 1` of them, so two can be
    equal, which the database's unique constraint refuses. `unused_reference` makes one that is free.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return f"{prefix}-{body}{check_letter_for(body)}"


def unused_reference(model: type[models.Model], prefix: str, length: int = 5) -> str:
    """A new reference that no row of this model has. When short ones become scarce, a longer one.

    There are 130,000 references of five letters, and two of them collide after a few hundred rows.
    """
    attempts = 0
    while True:
        reference = new_reference(prefix, length + attempts // 4)
        if not model._default_manager.filter(reference=reference).exists():
            return reference
        attempts += 1


def reference_of(text: str) -> str:
    """The reference somebody typed, as records hold it: “c 0142”, “C0142” and “C‑0142” are C-0142."""
    return possible_references_of(text)[0]


def possible_references_of(text: str) -> list[str]:
    """The references a text can mean, the likeliest first. Without hyphens there is sometimes more than one."""
    written = re.sub(rf"[\s{DASHES}]+", "-", line_of(text)[:LONGEST].upper()).strip("-")
    bare = written.replace("-", "")
    if not re.fullmatch(r"[A-Z0-9]{2,20}", bare):
        return [written]
    split = re.sub(r"(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Z])", "-", bare)
    random = [f"{bare[:cut]}-{bare[cut:]}" for cut in range(1, 5) if _is_random_reference(bare[:cut], bare[cut:])]
    likely = [written, *random, split] if "-" in written else [*random, split]
    valid = [text for text in dict.fromkeys(likely) if re.fullmatch(ReferenceConverter.canonical, text)]
    return valid or [written]


def _is_random_reference(prefix: str, body: str) -> bool:
    """Whether prefix and body can be a reference that `new_reference` made."""
    known = set(body) <= set(ALPHABET) and len(body) >= 4
    return prefix.isalpha() and known and check_letter_for(body[:-1]) == body[-1]


def row_called(rows: models.QuerySet[Row], text: str) -> Row | None:
    """The row whose reference somebody typed, the likeliest if there are several; None if there is none."""
    references = possible_references_of(text)
    by_reference = {vars(row)["reference"]: row for row in rows.filter(reference__in=references)}
    return next((by_reference[reference] for reference in references if reference in by_reference), None)


class ReferenceConverter:
    """A reference in an address. Somebody may have typed it, so small letters and other dashes are taken too."""

    canonical = r"[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,8}){1,2}"
    regex = rf"[A-Za-z0-9]{{1,4}}(?:[{DASHES}][A-Za-z0-9]{{1,8}}){{1,2}}"

    def to_python(self, value: str) -> str:
        return re.sub(f"[{DASHES}]", "-", value).upper()

    def to_url(self, value: str) -> str:
        return value
