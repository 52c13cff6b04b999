"""Counts wrong passwords and codes. If somebody keeps trying, the person and their leaders are told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from accounts.models import Change, User
from accounts.operations import note_change

TOLD_AFTER = 5
"""Wrong passwords or codes within the window. A person who mistypes stays below it."""
WINDOW = timedelta(minutes=15)
TOLD_EVERY = timedelta(hours=1)


def note_try(person: User, *, at: datetime) -> None:
    """Count one more wrong password or code for this account, from anywhere."""
    counted, told = f"tries:{person.pk}", f"tries-told:{person.pk}"
    cache.add(counted, 0, int(WINDOW.total_seconds()))
    if cache.incr(counted) >= TOLD_AFTER and cache.add(told, "1", int(TOLD_EVERY.total_seconds())):
        note_change(person, Change.TRIED, by=None, at=at)
