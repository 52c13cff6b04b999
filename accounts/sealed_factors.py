"""Seals what allauth keeps of a second factor, each row for itself.

A secret, a recovery seed, which codes are used, a passkey's key: one copied to another person's row, or an old one
copied back over a later one of another kind, does not open. In memory it is plain; in the table it never is.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_init, post_save, pre_save

from core.keyring import get_keyring

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

SEALED = "sealed"
NEEDED = {"data", "user_id", "type", "created_at"}


def context_of(factor: Authenticator) -> str:
    """Which row it is, in words that are known before the row has a key and never change after."""
    return f"{factor._meta.db_table}:{factor.user_id}:{factor.type}:{factor.created_at.astimezone(UTC).isoformat()}"


def open_factor(instance: Authenticator, **kwargs: Any) -> None:
    """As it is read. Raises CannotOpen, and nobody is signed in by it."""
    held = instance.__dict__
    if held.keys() >= NEEDED and set(held["data"] or {}) == {SEALED}:
        sealed = bytes.fromhex(instance.data[SEALED])
        instance.data = json.loads(get_keyring().open(sealed, context=context_of(instance)))


def seal_factor(instance: Authenticator, **kwargs: Any) -> None:
    """As it is written."""
    plain = json.dumps(instance.data).encode()
    instance.data = {SEALED: get_keyring().seal(plain, context=context_of(instance)).hex()}


def connect() -> None:
    for signal, receiver in ((post_init, open_factor), (pre_save, seal_factor), (post_save, open_factor)):
        signal.connect(receiver, sender="mfa.Authenticator", dispatch_uid=f"accounts {receiver.__name__}")
