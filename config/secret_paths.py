"""Addresses that open something by themselves, and how a log may tell of an address."""

from __future__ import annotations

import re

SECRET_PATHS = ("/calendar/", "/people/join/", "/account/password/reset/key/", "/account/confirm-email/")
"""What follows is the key: of a private calendar, an invitation, a new password.

The proxy's log masks the same ones (deploy/nginx.conf.template); tests/test_logs.py holds both to the addresses
there are.
"""

TOKENS = re.compile(f"({'|'.join(SECRET_PATHS)})[^\\s?\"'>]+", re.IGNORECASE)
QUERY = re.compile(r"\?[^\s\"'>]*")


def without_tokens(text: str) -> str:
    """An address, or a line with some in it, as a log may hold it: no token, and nothing after a question mark."""
    return QUERY.sub("", TOKENS.sub(r"\1-", text))
