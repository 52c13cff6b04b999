"""Encrypts and decrypts bytes ("seals" and "opens" them): AES-256-GCM, key ids, rotation, a blind index.

A sealed value belongs to its context (table and key, or a purpose) and does not open in another one.
A wrong key or a changed byte raises an error; there is no fallback.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from core.names import folded_name_of

NONCE = 12
KEY = 32
"""Bytes of a key: AES-256."""
VERSION = b"\x01"


class CannotOpen(Exception):
    """The key is missing, the context differs, or the bytes were changed. Nothing may be shown; raise the alarm."""


@dataclass(frozen=True)
class Keyring:
    """Keys by id, the current one first, and the key of the blind index."""

    keys: Mapping[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)

    @property
    def current(self) -> str:
        return next(iter(self.keys))

    def seal(self, plaintext: bytes, *, context: str) -> bytes:
        """Seal bytes with the current key: version, length of key id, key id, nonce, ciphertext."""
        key_id = self.current.encode()
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, plaintext, context.encode())
        return VERSION + bytes([len(key_id)]) + key_id + nonce + sealed

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """Open what `seal` made in the same context. Raises CannotOpen."""
        key_id, rest = self._split(sealed)
        key = self.keys.get(key_id)
        if key is None:
            raise CannotOpen(f"no key named {key_id}")
        try:
            return AESGCM(key).decrypt(rest[:NONCE], rest[NONCE:], context.encode())
        except InvalidTag as failure:
            raise CannotOpen("wrong key, wrong place, or changed bytes") from failure

    def needs_resealing(self, sealed: bytes) -> bool:
        """Whether a key that is no longer the current one sealed this."""
        return self._split(sealed)[0] != self.current

    def _split(self, sealed: bytes) -> tuple[str, bytes]:
        if len(sealed) < 2 or sealed[:1] != VERSION or len(sealed) < 2 + sealed[1] + NONCE:
            raise CannotOpen("not sealed by this keyring")
        length = sealed[1]
        return sealed[2 : 2 + length].decode(errors="replace"), sealed[2 + length :]

    def blind_index(self, text: str) -> str:
        """A keyed hash by which a sealed text can be found without opening it. Texts are compared as names are."""
        return hmac.new(self.index_key, folded_name_of(text).encode(), hashlib.sha256).hexdigest()


def new_data_key() -> bytes:
    """A random key for one record's data. Whatever it seals is lost once it is destroyed."""
    return secrets.token_bytes(KEY)


def keyring_of_one(data_key: bytes) -> Keyring:
    """A keyring whose only key is the data key of one record. It has no index."""
    return Keyring({"own": data_key}, b"")


def get_keyring() -> Keyring:
    """The keyring of the settings."""
    keys = {key_id: key_from_base64(key) for key_id, key in settings.KEYRING.items()}
    return Keyring(keys, key_from_base64(settings.INDEX_KEY))


def key_from_base64(key: str) -> bytes:
    """32 bytes from base64. Raises ValueError; the checks at the start say how to mend it."""
    raw = base64.b64decode(key, validate=True)
    if len(raw) != KEY:
        raise ValueError("a key is 32 bytes in base64")
    return raw
