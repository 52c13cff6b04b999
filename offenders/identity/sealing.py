"""Seals particulars into an identity and opens them again. A row's words open only in their row."""

from __future__ import annotations

from core.keyring import CannotOpen, Keyring, keyring_of_one, new_data_key
from offenders.identity.models import Identity
from offenders.identity.particulars import Particulars, particulars_from

SEALED_FIELDS = ["key_id", "sealed_key", "sealed", "index_check"]


def seal_particulars(identity: Identity, particulars: Particulars, keyring: Keyring) -> None:
    """Seal these particulars with a new data key. What was sealed before is gone with the old one."""
    data_key = new_data_key()
    identity.sealed = keyring_of_one(data_key).seal(particulars.as_bytes(), context=_words_of(identity))
    seal_data_key(identity, data_key, keyring)
    identity.index_check = index_check_of(keyring)


def seal_data_key(identity: Identity, data_key: bytes, keyring: Keyring) -> None:
    """Seal the data key with the keyring's current key."""
    identity.sealed_key = keyring.seal(data_key, context=_key_of(identity))
    identity.key_id = keyring.current


def open_data_key(identity: Identity, keyring: Keyring) -> bytes:
    """The data key of an identity. Raises CannotOpen."""
    return keyring.open(bytes(identity.sealed_key or b""), context=_key_of(identity))


def open_particulars(identity: Identity, keyring: Keyring) -> Particulars:
    """What is sealed in an identity. Raises CannotOpen: the keys or the row are not those it was sealed with."""
    own = keyring_of_one(open_data_key(identity, keyring))
    plain = own.open(bytes(identity.sealed or b""), context=_words_of(identity))
    try:
        return particulars_from(plain)
    except (KeyError, TypeError, ValueError):
        raise CannotOpen("no particulars") from None


def index_check_of(keyring: Keyring) -> str:
    """A hash that tells one key of the index from another."""
    return keyring.blind_index("identity check")


def _words_of(identity: Identity) -> str:
    return f"{identity._meta.db_table}:{identity.pk}:words"


def _key_of(identity: Identity) -> str:
    return f"{identity._meta.db_table}:{identity.pk}:key"
