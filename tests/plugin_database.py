"""Puts the database back as it was after a test that really commits, where Django would empty every table."""

from __future__ import annotations

import pytest
from django.test import TransactionTestCase

from tests.table_copies import restore_tables


@pytest.fixture(scope="session", autouse=True)
def restore_after_commits() -> None:
    TransactionTestCase._fixture_teardown = lambda self: restore_tables()  # type: ignore[attr-defined]
