"""What the database must hold, said shortly."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import apps
from django.db import IntegrityError
from django.db.models import CheckConstraint, Q

from core.errors import Refused

TWICE = "23505"
"""What PostgreSQL calls a value that may stand once and would stand twice."""


def one_of(field: str, values: Sequence[str], *, name: str) -> CheckConstraint:
    """The field holds one of these values and no other."""
    return CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """Two nullable fields are both set or both null: a time and who it was by."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=neither | both, name=name)


def refusal_of(failure: IntegrityError) -> Refused | None:
    """What to tell whoever was a moment too late with what may be there once; None for any other failure."""
    cause = failure.__cause__
    if getattr(cause, "sqlstate", "") != TWICE:
        return None
    table = getattr(getattr(cause, "diag", None), "table_name", "")
    named = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    what = named._meta.verbose_name if named is not None else "record"
    return Refused(f"Another {what} like this was made a moment ago. Look at it before you send this again.")
