"""Sends the forms of the page table as a browser does, each with a form key."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection
from django.urls import get_resolver, reverse

from accounts.models import User
from core.form_key import FORM_KEY, new_form_key
from tests.pages import PAGES
from tests.table import PEOPLE, Page
from tests.world import World

NOT_COUNTED = {"accounts.Submission", "sessions.Session", "audit.Entry", "auditlog.LogEntry", "circles.Presence"}
"""Tables whose rows are not what a form makes: sessions, the trail, the field log and the memory of forms."""

POSTS = [page for page in PAGES if page.posts is not None and 200 in page.opens.values()]


def with_form_key(data: dict[str, Any], person: User) -> dict[str, Any]:
    """The data of a form, with a form key made for this person."""
    return {**data, FORM_KEY: new_form_key(person.pk)}


def sender_of(page: Page, world: World) -> User:
    """The first person who may send this form."""
    column = next(column for column, status in page.opens.items() if status == 200)
    person: User = world.people[str(PEOPLE[column])]
    return person


def row_counts() -> dict[str, int]:
    """The number of rows of every table that a form can add to, read in one query."""
    tables = {model._meta.db_table: model._meta.label for model in apps.get_models() if model._meta.managed}
    counted = [table for table, label in tables.items() if label not in NOT_COUNTED]
    asked = [f"SELECT '{table}', count(*) FROM {table}" for table in counted]  # noqa: S608 (our own tables' names)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return dict(cursor.fetchall())


def view_of(page: Page, arguments: list[Any]) -> Any:
    return get_resolver().resolve(reverse(page.name, args=arguments)).func
