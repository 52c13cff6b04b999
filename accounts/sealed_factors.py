"""Seals the data of each second factor: a secret, a recovery seed, the used codes, a passkey's key.

Data that is copied to another person's row, or over a later factor of another kind, does not open. In memory it is
plain; in the table it never is.
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


def _context_of(factor: Authenticator) -> str:
    """The row's context: facts that are known before the row has a key, and never change."""
    return f"{factor._meta.db_table}:{factor.user_id}:{factor.type}:{factor.created_at.astimezone(UTC).isoformat()}"


def open_factor(instance: Authenticator, **kwargs: Any) -> None:
    """Open a factor after it is read. Raises CannotOpen; then nobody can sign in with it."""
    held = instance.__dict__
    if held.keys() >= NEEDED and set(held["data"] or {}) == {SEALED}:
        sealed = bytes.fromhex(instance.data[SEALED])
        instance.data = json.loads(get_keyring().open(sealed, context=_context_of(instance)))


def seal_factor(instance: Authenticator, **kwargs: Any) -> None:
    """Seal a factor before it is written."""
    plain = json.dumps(instance.data).encode()
    instance.data = {SEALED: get_keyring().seal(plain, context=_context_of(instance)).hex()}


def connect_signals() -> None:
    for signal, receiver in ((post_init, open_factor), (pre_save, seal_factor), (post_save, open_factor)):
        signal.connect(receiver, sender="mfa.Authenticator", dispatch_uid=f"accounts {receiver.__name__}")
