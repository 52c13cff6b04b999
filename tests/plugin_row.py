"""Makes what a row of the page table shows once, for all tests of the row that run one after another.

The row stands in a transaction around the tests. Each test has its own savepoint in it, so no test sees what another
did. The transaction is rolled back before the first test of something else.
"""

from __future__ import annotations

from contextlib import ExitStack

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TestCase
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests import world as worlds
from tests.clock import NOW
from tests.table import MADE, Page

AROUND = ExitStack()
"""The transactions around the tests of the row that stands."""

AROUND_ON: list[BaseDatabaseWrapper] = []
"""The connections on which they are."""


@pytest.fixture
def _django_db_helper(made_row: None, _django_db_helper: None) -> None:
    """The library's own: it opens the test's transaction, here inside the row's."""


@pytest.fixture
def made_row(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let the row that this test is about stand, and no other.

    A browser's driver runs an event loop from its start on, and in a thread with a loop Django has other connections.
    """
    if "browser" in request.fixturenames:
        request.getfixturevalue("browser")
    row = row_of(request.node)
    if MADE.row is not row or list(connections.all()) != AROUND_ON:
        with django_db_blocker.unblock():
            clear_row()
            if row is not None:
                make_row(row)


def row_of(item: pytest.Item) -> Page | None:
    """The row of the page table that a test is about."""
    call = getattr(item, "callspec", None)
    given = call.params.values() if call is not None else ()
    return next((value for value in given if isinstance(value, Page)), None)


class Around(TestCase):
    """Opens the transactions around a row, on each connection, as Django opens those around the tests of a class."""

    databases = frozenset(settings.DATABASES)


def make_row(row: Page) -> None:
    AROUND_ON[:] = connections.all()
    AROUND.callback(Around._rollback_atomics, Around._enter_atomics())
    try:
        with time_machine.travel(NOW):
            MADE.arguments = row.make(worlds.load_world(NOW))
            MADE.took = timezone.now() - NOW
        MADE.row = row
    except BaseException:
        clear_row()
        raise


def clear_row() -> None:
    """Roll the row back. Where an event loop began since, its connections are out of reach: closing them rolls back."""
    MADE.row = None
    if list(connections.all()) == AROUND_ON:
        AROUND.close()
    else:
        AROUND.pop_all()
        for connection in AROUND_ON:
            if connection.connection is not None:
                connection.connection.close()
