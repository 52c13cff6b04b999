"""References people can read aloud, and the URL converter for them."""

from __future__ import annotations

import secrets

# No vowels, so that no word can form; no 0/O, 1/I/L, 5/S, 8/B, 2/Z, U/V pairs that are misheard or misread.
ALPHABET = "34679CDFGHJKMNPQRTX"


def check_letter(text: str) -> str:
    """One letter that catches any single wrong letter and any swap of neighbours."""
    total = sum(
        (place + 2) * ALPHABET.index(letter) for place, letter in enumerate(text)
    )
    return ALPHABET[total % len(ALPHABET)]


def new_reference(prefix: str, length: int = 5) -> str:
    """A new random reference such as K-7M4QX: it tells nothing of order, date or person.

    The last letter is a check letter. 19 letters to the power of `length - 1` are possible; the
    database's unique constraint is the judge, and the caller tries again if it refuses.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return f"{prefix}-{body}{check_letter(body)}"


class ReferenceConverter:
    """A reference in an address: letters, digits and hyphens."""

    regex = r"[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,8}){1,2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
