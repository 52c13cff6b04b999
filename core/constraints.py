"""What the database must hold, said shortly."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import CheckConstraint, Q


def one_of(field: str, values: Sequence[str], *, name: str) -> CheckConstraint:
    """The field holds one of these values and no other."""
    return CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """Two nullable fields are both set or both null: a time and who it was by."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=neither | both, name=name)
