"""The session store. Whoever reads its table, or a backup of it, learns neither a cookie nor what a session holds.

The key of a row is a hash of the cookie. What a session holds is sealed for that row: for some minutes it may be the
secret of an app that is being added, or a request that waits for a password. Copied to another row it does not open.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import Any, Self

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.crypto import get_random_string

from core.keyring import CannotOpen, get_keyring

COOKIE_LENGTH, NAME_LENGTH = 43, 40
log = logging.getLogger(__name__)


def name_of_cookie(cookie: str) -> str:
    """The key of a cookie's row. A cookie has over 200 random bits, so one plain hash is enough."""
    return hashlib.sha256(cookie.encode()).hexdigest()[:NAME_LENGTH]


class SessionStore(DatabaseStore):
    """Django's store, with `session_key` as the key of the row and `cookie` as what the browser holds.

    A session that cannot be opened counts as none: the person signs in again.
    """

    cookie: str | None = None

    @classmethod
    def of_cookie(cls, cookie: str | None) -> Self:
        """The session of a cookie that a browser sent."""
        store = cls(name_of_cookie(cookie) if cookie else None)
        store.cookie = cookie
        return store

    def _get_new_session_key(self) -> str:
        self.cookie = get_random_string(COOKIE_LENGTH)
        return name_of_cookie(self.cookie)

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain: bytes = self.serializer().dumps(session_dict)
        return base64.b64encode(get_keyring().seal(plain, context=self._context)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            sealed = base64.b64decode(session_data, validate=True)
            opened: dict[str, Any] = self.serializer().loads(get_keyring().open(sealed, context=self._context))
        except (CannotOpen, ValueError):
            log.exception("A session could not be opened. Were keys removed from KEYRING, or the table changed?")
            return {}
        return opened

    @property
    def _context(self) -> str:
        return f"django_session:{self.session_key}"
