"""Sessions whose table lets nobody in: who reads it, or a backup of it, finds neither a cookie nor a session.

A row is named by the hash of the cookie, so that the table cannot be turned into cookies. What a session holds is
sealed for that very row: for some minutes it may be the secret of an app being added, or a request waiting for a
password, and a secret is good for years. Copied to another row it does not open.
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
    """What the row of a cookie is called. A cookie holds over 200 bits of chance, so one plain hash is enough."""
    return hashlib.sha256(cookie.encode()).hexdigest()[:NAME_LENGTH]


class SessionStore(DatabaseStore):
    """Django's own store. `session_key` is the name of the row, also in memory; `cookie` is known to whoever holds it.

    What cannot be opened is no session: the person signs in again.
    """

    cookie: str | None = None

    @classmethod
    def of_cookie(cls, cookie: str | None) -> Self:
        """The session of a cookie that a browser showed."""
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
