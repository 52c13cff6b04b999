"""Short ways to write the database constraints that many tables need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.apps import apps
from django.db import IntegrityError
from django.db.models import CheckConstraint, Q

from core.errors import Refused

UNIQUE_VIOLATION = "23505"
"""PostgreSQL's code for a row that would repeat a unique value."""


def one_of(field: str, values: Sequence[str], *, name: str) -> CheckConstraint:
    """The field holds one of these values and no other."""
    return CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """Two nullable fields are both set or both null: a time and who it was by."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=neither | both, name=name)


def refusal_of(failure: IntegrityError) -> Refused | None:
    """The refusal for somebody whose record was made a moment ago by another; None for any other failure."""
    cause = failure.__cause__
    if getattr(cause, "sqlstate", "") != UNIQUE_VIOLATION:
        return None
    table = getattr(getattr(cause, "diag", None), "table_name", "")
    model = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    noun = model._meta.verbose_name if model is not None else "record"
    return Refused(f"Another {noun} like this was made a moment ago. Look at it before you send this again.")


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Nobody who writes a day here means one outside these years."""


def believable_days(*fields: str, name: str) -> CheckConstraint:
    """Each of these days is empty or a likely one: nobody means the year 206, or 2206."""
    days = (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    return _in_range(fields, days, name)


def believable_moments(*fields: str, name: str) -> CheckConstraint:
    """Each of these moments is empty or a likely one."""
    moments = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 12, 31, tzinfo=UTC))
    return _in_range(fields, moments, name)


def _in_range(fields: Sequence[str], limits: tuple[date, date], name: str) -> CheckConstraint:
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": limits})
    return CheckConstraint(condition=condition, name=name)
