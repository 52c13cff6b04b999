"""Sessions sealed by the keyring: who reads the table, or a backup of it, reads no session.

For some minutes a session holds the secret of an app being added, or a request waiting for a password. The secret
is good for years, and a backup lasts as long.
"""

from __future__ import annotations

import base64
import logging
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from core.keyring import CannotOpen, get_keyring

CONTEXT = "session"
log = logging.getLogger(__name__)


class SessionStore(DatabaseStore):
    """Django's own store, its contents sealed. What cannot be opened is no session: the person signs in again."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain: bytes = self.serializer().dumps(session_dict)
        return base64.b64encode(get_keyring().seal(plain, context=CONTEXT)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            sealed = base64.b64decode(session_data, validate=True)
            opened: dict[str, Any] = self.serializer().loads(get_keyring().open(sealed, context=CONTEXT))
        except (CannotOpen, ValueError):
            log.exception("A session could not be opened. Were keys removed from KEYRING, or the table changed?")
            return {}
        return opened
