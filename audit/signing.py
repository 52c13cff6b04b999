"""Signing in and out are acts too."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone


def write(act: str, user: Any) -> None:
    entry = apps.get_model("audit", "Entry")
    with transaction.atomic():
        entry._default_manager.create(at=timezone.now(), actor=user, act=act, kind="person", reference=user.reference)


def signed_in(sender: object, user: Any, **kwargs: object) -> None:
    write("signed_in", user)


def signed_out(sender: object, user: Any, **kwargs: object) -> None:
    if user is not None:
        write("signed_out", user)
