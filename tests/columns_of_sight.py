"""Finds in every `visible_to` the columns that it compares with the person who asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from django.apps import apps
from django.core.exceptions import EmptyResultSet

from accounts.models import User
from accounts.models.role import Role

NOBODY = 7_346_920_115
"""A key that no person has, to be found in the SQL."""


def columns_that_give_sight() -> set[str]:
    """Every `table.column` that any `visible_to` compares with the person who asks, whatever role they have."""
    found: set[str] = set()
    for model in apps.get_models():
        rows = model._default_manager.all()
        if not hasattr(rows, "visible_to"):
            continue
        for role in Role:
            with suppress(EmptyResultSet):
                found.update(columns_compared(str(rows.visible_to(somebody(role)).query)))
    return found


def somebody(role: Role) -> User:
    person = User(pk=NOBODY, agency_id=NOBODY - 1, is_active=True)
    person.__dict__["roles"] = frozenset({role.value, "A team"})
    return person


def columns_compared(sql: str) -> Iterator[str]:
    """`table.column` of every comparison with the person, an alias being that of the nearest such table before it."""
    for match in re.finditer(rf'"?(\w+)"?\."(\w+)" = {NOBODY}\b', sql):
        name, column = match.groups()
        tables = re.findall(rf'"(\w+)" "?{name}"?(?!\w)', sql[: match.start()])
        having = [table for table in tables if column in COLUMNS[table]]
        yield f"{having[-1] if having else name}.{column}"


COLUMNS = {
    model._meta.db_table: {field.column for field in model._meta.concrete_fields}
    for model in apps.get_models(include_auto_created=True)
}
"""The columns of each table. In a subquery of a subquery an alias comes again, for another table."""
