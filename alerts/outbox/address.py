"""A hash of the address a message went to, which can be compared and not read."""

from __future__ import annotations

from core.keyring import get_keyring


def hash_of_address(channel: str, address: str) -> str:
    """A keyed hash of an address. Case and spaces make no difference."""
    return get_keyring().blind_index(f"{channel} {address}")
