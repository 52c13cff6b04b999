"""The fingerprint of a text, which shows later that the text was not changed."""

from __future__ import annotations

import hashlib


def fingerprint_of(text: str) -> str:
    """SHA-256 of the words, in hexadecimal: 64 characters."""
    return hashlib.sha256(text.encode()).hexdigest()
