"""Finds core members by the first name that their circle calls them, for the lists in the app below."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from circles.circle.models import Circle


def core_members_called(words: str, reader: User) -> QuerySet[Any, Any]:
    """The keys of the core members whom a circle calls so, of the circles that this reader may see.

    Offenders calls it (settings.CORE_MEMBERS_CALLED).
    """
    return Circle.objects.visible_to(reader).filter(known_as__icontains=words).values("core_member")
