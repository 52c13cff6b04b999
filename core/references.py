"""References people can read aloud, and the URL converter for them."""

from __future__ import annotations

import secrets

from django.db import models

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


class ReferenceConverter:
    """A reference in an address: letters, digits and hyphens."""

    regex = r"[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,8}){1,2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
