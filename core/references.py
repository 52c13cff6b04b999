"""References people can read aloud, and the URL converter for them."""

from __future__ import annotations

import re
import secrets
from typing import TypeVar

from django.db import models

from core.typed import DASHES, line_of

Row = TypeVar("Row", bound=models.Model)

LONGEST = 40
"""Characters looked at of what somebody wrote as a reference."""

# No vowels, so that no word can form; no 0/O, 1/I/L, 5/S, 8/B, 2/Z, U/V pairs that are misheard or misread.
ALPHABET = "34679CDFGHJKMNPQRTX"


def check_letter(text: str) -> str:
    """One letter that catches any single wrong letter and any swap of neighbours."""
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(text))
    return ALPHABET[total % len(ALPHABET)]


def new_reference(prefix: str, length: int = 5) -> str:
    """A new random reference such as K-7M4QX: it tells nothing of order, date or person.

    The last letter is a check letter. 19 letters to the power of `length - 1` are possible; the
    database's unique constraint is the judge. Ask `unused_reference` for one that is free.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return f"{prefix}-{body}{check_letter(body)}"


def unused_reference(model: type[models.Model], prefix: str, length: int = 5) -> str:
    """A new reference that no row of this model has; longer ones once the short ones grow scarce.

    130,000 references of five letters collide after a few hundred rows: whoever makes one asks first.
    """
    attempts = 0
    while True:
        reference = new_reference(prefix, length + attempts // 4)
        if not model._default_manager.filter(reference=reference).exists():
            return reference
        attempts += 1


def reference_of(text: str) -> str:
    """The reference somebody wrote, as it stands in the record: “c 0142”, “C0142” and “C‑0142” are C-0142."""
    return references_meant(text)[0]


def references_meant(text: str) -> list[str]:
    """The references a text can stand for, the likeliest first: without hyphens there is sometimes more than one."""
    written = re.sub(rf"[\s{DASHES}]+", "-", line_of(text)[:LONGEST].upper()).strip("-")
    bare = written.replace("-", "")
    if not re.fullmatch(r"[A-Z0-9]{2,20}", bare):
        return [written]
    split = re.sub(r"(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Z])", "-", bare)
    random = [f"{bare[:cut]}-{bare[cut:]}" for cut in range(1, 5) if is_random(bare[:cut], bare[cut:])]
    likely = [written, *random, split] if "-" in written else [*random, split]
    return [one for one in dict.fromkeys(likely) if re.fullmatch(ReferenceConverter.canonical, one)] or [written]


def is_random(prefix: str, body: str) -> bool:
    """Whether a reference that `new_reference` makes can fall into these two."""
    known = set(body) <= set(ALPHABET) and len(body) >= 4
    return prefix.isalpha() and known and check_letter(body[:-1]) == body[-1]


def one_called(rows: models.QuerySet[Row], text: str) -> Row | None:
    """The one of these rows whose reference somebody wrote; None where there is none, or no saying which."""
    meant = references_meant(text)
    found = {vars(row)["reference"]: row for row in rows.filter(reference__in=meant)}
    return next((found[reference] for reference in meant if reference in found), None)


class ReferenceConverter:
    """A reference in an address: letters, digits and hyphens, in capitals or not, as somebody typed or copied it."""

    canonical = r"[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,8}){1,2}"
    regex = rf"[A-Za-z0-9]{{1,4}}(?:[{DASHES}][A-Za-z0-9]{{1,8}}){{1,2}}"

    def to_python(self, value: str) -> str:
        return re.sub(f"[{DASHES}]", "-", value).upper()

    def to_url(self, value: str) -> str:
        return value
