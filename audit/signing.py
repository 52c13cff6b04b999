"""Writes a line of the trail when somebody signs in or out."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone


def _write_entry(act: str, user: Any) -> None:
    entry = apps.get_model("audit", "Entry")
    with transaction.atomic():
        entry._default_manager.create(at=timezone.now(), actor=user, act=act, kind="person", reference=user.reference)


def note_sign_in(sender: object, user: Any, **kwargs: object) -> None:
    _write_entry("signed_in", user)


def note_sign_out(sender: object, user: Any, **kwargs: object) -> None:
    if user is not None:
        _write_entry("signed_out", user)
