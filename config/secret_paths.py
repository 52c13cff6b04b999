"""Addresses that hold a token, and how a log may show an address."""

from __future__ import annotations

import re

SECRET_PATHS = (
    "/calendar/",
    "/people/join/",
    "/core-members/refer/",
    "/account/password/reset/key/",
    "/account/confirm-email/",
)
"""After these comes a token: of a private calendar, an invitation, a referrer’s link, a new password.

The proxy's log masks the same addresses (deploy/nginx.conf.template). tests/test_logs.py compares both with the addresses
of the service.
"""

TOKENS = re.compile(f"({'|'.join(SECRET_PATHS)})[^\\s?\"'>]+", re.IGNORECASE)
QUERY = re.compile(r"\?[^\s\"'>]*")


def without_tokens(text: str) -> str:
    """A text as a log may hold it: no address in it has a token, or anything after a question mark."""
    return QUERY.sub("", TOKENS.sub(r"\1-", text))
