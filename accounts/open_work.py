"""What is open with a person: what somebody else must take over when they stop, or lose a role.

The records are those of the apps above, so settings name the functions that count them (OPEN_WORK).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.models.role import Role


@dataclass(frozen=True)
class OpenWork:
    """How many of one thing, in words without any case; the roles in which it is done; what to do first, if one must."""

    words: str
    roles: frozenset[Role]
    first: str = ""
    """What to do before one of these roles can be taken away. Empty where it goes on by itself."""


Counts = Callable[[User, User, datetime], list[OpenWork]]
"""Of a person, for a reader. What a wall hides from the reader is not counted: it goes on by itself."""


@cache
def _sources() -> list[Counts]:
    return [import_string(name) for name in settings.OPEN_WORK]


def open_work_of(person: User, *, reader: User, at: datetime) -> list[OpenWork]:
    """Everything that is open with this person, as far as this reader may know of it."""
    return [work for count in _sources() for work in count(person, reader, at)]


def open_work_in(person: User, role: Role, *, reader: User, at: datetime) -> list[OpenWork]:
    """What is open with this person in one of their roles."""
    return [work for work in open_work_of(person, reader=reader, at=at) if role in work.roles]
