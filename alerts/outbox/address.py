"""Which address a message went to, kept so that it can be compared and not read."""

from __future__ import annotations

from core.keyring import get_keyring


def hash_of_address(channel: str, address: str) -> str:
    """A keyed hash of an address, the same for the same address however it is spelt in case and spaces."""
    return get_keyring().blind_index(f"{channel} {address}")
