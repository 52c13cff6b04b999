"""May each person open each page? The whole table, through the client."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.page_answers import answers_to
from tests.pages import PAGES
from tests.table import Page
from tests.world import World


@pytest.mark.parametrize("row", PAGES, ids=[f"{page.name}{' POST' if page.posts else ''}" for page in PAGES])
def test_each_person_may_open_what_the_table_says(row: Page, world: World, as_person: Callable[[User], Client]) -> None:
    got = {column: answer.status for column, answer in answers_to(row, world, as_person).items()}
    assert got == row.opens
