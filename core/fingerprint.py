"""Words kept as they were sent: the fingerprint that shows they still are."""

from __future__ import annotations

import hashlib


def fingerprint(text: str) -> str:
    """SHA-256 of the words, in hexadecimal: 64 characters."""
    return hashlib.sha256(text.encode()).hexdigest()
